//! What happens to an organisation, and what became of it.

use crate::Place;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Somebody was arrested: by a strike, or because somebody named them.
    Arrested {
        /// Where.
        place: Place,
        /// Who.
        person: u32,
        /// Whether by a strike.
        direct: bool,
    },
    /// Somebody took a vacant place.
    Filled {
        /// Where.
        place: Place,
        /// Who.
        person: u32,
        /// Whether back from jail, or up from another place; otherwise new.
        known: bool,
    },
    /// Contacts of a vacant place were handed over or lost.
    HandedOver {
        /// Whose.
        place: Place,
        /// Contacts that were there to hand over.
        contacts: u32,
        /// Of these, handed over.
        kept: u32,
    },
    /// Goods were seized and contacts burnt.
    Seized {
        /// Whose.
        place: Place,
        /// Contacts burnt.
        burnt: u32,
        /// Of these, made up for.
        kept: u32,
    },
    /// Nobody is on level 0.
    Headless,
    /// Somebody is on level 0 again.
    Heir,
    /// No heir came in time: the operator is gone.
    Gone,
}

/// What became of an organisation up to the horizon.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Life {
    /// Strikes, each an arrest (with those that it revealed) or a seizure.
    pub strikes: u32,
    /// Arrests by level.
    pub arrests: Vec<u32>,
    /// Seizures that burnt a contact.
    pub seizures: u32,
    /// Vacancies filled.
    pub filled: u32,
    /// Contacts handed over or made up for.
    pub kept: u32,
    /// Contacts lost at hand-overs and seizures.
    pub lost: u32,
    /// Day on which the first founder on level 0 was arrested; `None` if none was.
    pub top_arrested: Option<f64>,
    /// Day on which nobody was left on level 0 for the first time.
    pub headless: Option<f64>,
    /// Times that an heir ended that.
    pub heirs: u32,
    /// Day from which the operator was gone.
    pub gone: Option<f64>,
    /// Person-days in place.
    pub person_days: f64,
    /// People in place at the horizon.
    pub people: u32,
}

impl Life {
    /// All arrests.
    pub fn arrested(&self) -> u32 {
        self.arrests.iter().sum()
    }

    /// Arrests below the top for each one of the top; NaN without arrests, infinite without one of the top.
    pub fn small_fry_per_mastermind(&self) -> f64 {
        let top = self.arrests.first().copied().unwrap_or(0);
        f64::from(self.arrested() - top) / f64::from(top)
    }
}
