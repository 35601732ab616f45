//! An organisation as a value chain: roles of given size, and ties within and between them (after Duijn, Kashirin & Sloot 2014,
//! Scientific Reports 4, 4238: a cannabis-growing network of 20 roles).
//!
//! Of their table we use what a published reproduction shows: 838 people in 20 roles, of which eight sizes are known, 325 ties
//! within 15 roles and 799 between 38 pairs of roles. The other twelve sizes, and which pairs are tied, are ours: sizes as
//! equal as the total allows; the coordinator is tied to every role, the other roles along the chain, its ends to
//! each other, which is 38 pairs. Give the full table as [`ValueChain::roles`] and [`ValueChain::links`] where it is at hand.

use crate::{BadOrganisation, Organisation, Person, Tie};
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One role of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RolePlan {
    /// What the role is called.
    pub name: String,
    /// How many have it (≥ 1).
    pub people: u32,
    /// Layers below the top (0 to 1000): between roles of different level the upper one leads.
    pub level: u32,
}

/// Parameters of a value chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueChain {
    /// The roles; somebody of the first is the mastermind, on level 0, whatever level the role has.
    pub roles: Vec<RolePlan>,
    /// Ties between two roles, or within one: both numbers of roles from 0, and how many ties.
    pub links: Vec<(u32, u32, u32)>,
}

impl Default for ValueChain {
    fn default() -> ValueChain {
        ValueChain::duijn()
    }
}

impl ValueChain {
    /// 838 people in 20 roles with 1,124 ties; see the module for what is published and what is ours.
    pub fn duijn() -> ValueChain {
        let known = [
            ("coordinator", 104),
            ("fake owners", 8),
            ("electricity", 15),
            ("caring", 139),
            ("controlling cutters", 10),
            ("cutting", 12),
            ("drying", 18),
            ("trade", 80),
        ];
        let others = (0..12).map(|i| (format!("other {}", i + 1), if i < 8 { 38 } else { 37 }));
        let named = known.into_iter().map(|(name, people)| (name.to_string(), people));
        let plan = |(i, (name, people))| RolePlan { name, people, level: 1 + u32::from(i > 0) };
        let roles: Vec<RolePlan> = named.chain(others).enumerate().map(plan).collect();
        // pairs of the chain, then the fifteen largest roles
        let with_coordinator = (1..20).map(|role| (0, role));
        let along = (1..19).map(|role| (role, role + 1)).chain([(1, 19)]);
        let between: Vec<(u32, u32)> = with_coordinator.chain(along).collect();
        let mut large: Vec<u32> = (0..20).collect();
        large.sort_by_key(|&role| std::cmp::Reverse(roles[role as usize].people));
        let spread = |pairs: Vec<(u32, u32)>, ties: u32| {
            let count = pairs.len() as u32;
            let each = move |(i, (a, b))| (a, b, ties / count + u32::from((i as u32) < ties % count));
            pairs.into_iter().enumerate().map(each).collect::<Vec<_>>()
        };
        let within = large[..15].iter().map(|&role| (role, role)).collect();
        ValueChain { roles, links: [spread(between, 799), spread(within, 325)].concat() }
    }

    /// Draws who is tied to whom: every link's pairs uniformly among the pairs that there are. Place 0 is the
    /// mastermind. O(people + ties · log ties) while links fill less than half of their pairs.
    ///
    /// # Errors
    /// A role that nobody has, links between roles that are not there or that have more ties than pairs.
    pub fn draw(&self, rng: &mut TrialRng) -> Result<Organisation, Invalid> {
        let mut starts = vec![0u32];
        let mut people = Vec::new();
        for (number, role) in self.roles.iter().enumerate() {
            let empty = || format!("nobody has `{}`; give it 1 person or more, or leave it out", role.name);
            Invalid::unless(role.people > 0, "roles", empty)?;
            let deep = || format!("a level from 0 to 1000 for `{}`, not {}", role.name, role.level);
            Invalid::unless(role.level <= 1000, "roles", deep)?;
            for i in 0..role.people {
                let level = if number == 0 && i == 0 { 0 } else { role.level };
                people.push(Person { name: format!("{} {}", role.name, i + 1), level, role: number as u32 });
            }
            starts.push(people.len() as u32);
        }
        let mut ties = Vec::new();
        let mut all = BTreeSet::new();
        for &(a, b, count) in &self.links {
            let members = |role: u32| {
                let known = || format!("roles 0 to {}, not {role}", self.roles.len() as i64 - 1);
                Invalid::unless((role as usize) < self.roles.len(), "links", known)?;
                Ok(starts[role as usize]..starts[role as usize + 1])
            };
            let (one, other) = (members(a)?, members(b)?);
            let (n, m) = (one.len() as u64, other.len() as u64);
            let pairs = if a == b { n * (n - 1) / 2 } else { n * m };
            Invalid::unless(u64::from(count) <= pairs, "links", || {
                let (a, b) = (&self.roles[a as usize].name, &self.roles[b as usize].name);
                format!("at most {pairs} ties between `{a}` and `{b}`, not {count}")
            })?;
            let mut taken = BTreeSet::new();
            while taken.len() < count as usize {
                let (u, v) = (one.start + rng.below(n as u32), other.start + rng.below(m as u32));
                if u != v {
                    taken.insert([u.min(v), u.max(v)]);
                }
            }
            all.extend(taken);
        }
        for [u, v] in all {
            let (up, down) = (people[u as usize].level, people[v as usize].level);
            ties.push(match up.cmp(&down) {
                std::cmp::Ordering::Less => Tie::superior(u, v),
                std::cmp::Ordering::Equal => Tie::peer(u, v),
                std::cmp::Ordering::Greater => Tie::superior(v, u),
            });
        }
        let roles = self.roles.iter().map(|role| role.name.clone()).collect();
        Organisation::new(people, roles, ties).map_err(|e: BadOrganisation| Invalid::new("roles", e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn published_counts() {
        let chain = ValueChain::duijn();
        let rng = &mut trial_rng(1, Trial::network(0), Purpose::Organisation);
        let organisation = chain.draw(rng).unwrap();
        assert_eq!((organisation.len(), organisation.roles().len(), organisation.ties().len()), (838, 20, 1124));
        let role = |v: u32| organisation.people()[v as usize].role;
        let within = organisation.ties().iter().filter(|tie| role(tie.first) == role(tie.second)).count();
        assert_eq!(within, 325);
        let pairs: BTreeSet<_> = organisation
            .ties()
            .iter()
            .map(|tie| (role(tie.first).min(role(tie.second)), role(tie.first).max(role(tie.second))))
            .collect();
        assert_eq!(pairs.iter().filter(|(a, b)| a != b).count(), 38);
        assert_eq!(pairs.len(), 38 + 15);
        let size = |name: &str| chain.roles.iter().find(|role| role.name == name).unwrap().people;
        assert_eq!([size("caring"), size("coordinator"), size("trade"), size("fake owners")], [139, 104, 80, 8]);
        assert!(chain.roles[8..].iter().all(|role| (18..80).contains(&role.people)), "between the published extremes");
    }

    #[test]
    fn refusals() {
        let role = |name: &str, people| RolePlan { name: name.into(), people, level: 1 };
        let refused = |roles, links| {
            let rng = &mut trial_rng(1, Trial::network(0), Purpose::Organisation);
            ValueChain { roles, links }.draw(rng).unwrap_err().to_string()
        };
        assert!(refused(vec![role("cook", 0)], vec![]).contains("nobody has `cook`"));
        assert!(
            refused(vec![role("cook", 3)], vec![(0, 0, 4)]).contains("at most 3 ties between `cook` and `cook`, not 4")
        );
        assert!(refused(vec![role("cook", 3)], vec![(0, 1, 1)]).contains("roles 0 to 0, not 1"));
        assert!(refused(vec![], vec![]).contains("without people"));
    }
}
