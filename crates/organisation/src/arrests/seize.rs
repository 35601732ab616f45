//! Seizures without arrests: contacts are burnt, and the busy withdraw.

use super::engine::Engine;
use super::hand_over::{Wanted, choose};
use super::state::{Link, Rank, State};
use super::{Event, Rule};
use crate::Place;
use hydranet_topology::Draw;

impl<W: FnMut(f64, &Event, &State)> Engine<'_, W> {
    /// Burns contacts of the place. Of the two ends the one with more contacts withdraws (of equals the other one), and the
    /// one that stays looks for somebody else.
    pub(super) fn seize(&mut self, place: Place) {
        let (mut burnt, mut kept) = (0, 0);
        for _ in 0..self.params.seizure.burnt {
            let count = self.state.links[place as usize].len();
            if count == 0 {
                break;
            }
            let other = self.state.links[place as usize][self.streams.seizure.below(count as u32) as usize].other;
            let stays_here = self.state.links[other as usize].len() >= count;
            let (stays, withdraws) = if stays_here { (place, other) } else { (other, place) };
            self.state.part(place, other);
            burnt += 1;
            kept += u32::from(self.make_up(stays, withdraws));
            self.refresh(place);
            self.refresh(other);
        }
        self.life.seizures += u32::from(burnt > 0);
        self.life.kept += kept;
        self.life.lost += burnt - kept;
        self.tell(Event::Seized { place, burnt, kept });
    }

    fn make_up(&mut self, stays: Place, withdraws: Place) -> bool {
        let newcomer = self.streams.seizure.chance(self.params.seizure.newcomer);
        let Some(replacement) = self.params.replacement.as_ref() else { return false };
        let rng = &mut self.streams.hand_over;
        let left = self.state.people() as f64 - 1.0;
        if !rng.chance(replacement.success.chance(left)) {
            return false;
        }
        let role = self.state.role(stays);
        let recruit = if newcomer { self.state.recruit(role) } else { None };
        let other = if let Some((person, _)) = recruit {
            // on the level of whom they join, but never at the top
            let level = self.state.level(stays).max(1).min(self.depth);
            let place = self.state.add_place(role, level);
            self.state.persons[place as usize] = person;
            self.state.enter(place);
            self.life.filled += 1;
            Some(place)
        } else {
            let rule = if replacement.rule == Rule::Position { Rule::Random } else { replacement.rule };
            let wanted = Wanted { end: stays, role: None, except: Some(withdraws) };
            choose(&self.state, rule, wanted, &mut self.scratch, rng)
        };
        let Some(other) = other else { return false };
        let rank: Rank = self.state.rank(stays, other);
        self.state.tie(stays, Link { other, rank, cut_out: false });
        self.refresh(other);
        true
    }
}
