//! The people, what they do, and who knows whom.

use std::collections::{BTreeMap, BTreeSet};

/// A person's place in an organisation: an index from 0. Whoever replaces the arrested takes the place.
pub type Place = u32;

/// How two people are tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bond {
    /// The first gives orders to the second.
    Superior,
    /// They know each other on equal terms.
    Peer,
}

/// Two people who know each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// The superior, or either peer.
    pub first: Place,
    /// The subordinate, or the other peer.
    pub second: Place,
    /// What they are to each other.
    pub bond: Bond,
    /// Whether the tie tells nothing about the other end (dead drops, pseudonyms): an arrest never reveals along it.
    pub cut_out: bool,
}

impl Tie {
    /// `superior` leads `subordinate`, and each can name the other.
    pub fn superior(superior: Place, subordinate: Place) -> Tie {
        Tie { first: superior, second: subordinate, bond: Bond::Superior, cut_out: false }
    }

    /// Two who work together and can name each other.
    pub fn peer(first: Place, second: Place) -> Tie {
        Tie { first, second, bond: Bond::Peer, cut_out: false }
    }
}

/// One person as an organisation is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// A code, never a real name.
    pub name: String,
    /// Layers below the top; 0 is the mastermind's.
    pub level: u32,
    /// Index of the role.
    pub role: u32,
}

/// Why people and ties are no organisation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadOrganisation {
    /// Nobody is there.
    #[error("an organisation without people; give at least one")]
    Empty,
    /// Nobody is on level 0.
    #[error("an organisation without a top: nobody is on level 0; give at least one person without a superior")]
    NoTop,
    /// A role that nobody has.
    #[error("nobody has the role `{role}`; give it to somebody, or leave the role out")]
    EmptyRole {
        /// Its name.
        role: String,
    },
    /// A role that is not there.
    #[error("`{name}` has role number {role}, but there are {roles}; number roles from 0")]
    UnknownRole {
        /// The person.
        name: String,
        /// The role.
        role: u32,
        /// How many there are.
        roles: usize,
    },
    /// Two people of one name.
    #[error("`{name}` stands there twice; names tell people apart")]
    DuplicateName {
        /// The name.
        name: String,
    },
    /// A tie to nobody.
    #[error("a tie to person number {place}, but there are {people}; number people from 0")]
    UnknownPlace {
        /// The number.
        place: Place,
        /// How many there are.
        people: usize,
    },
    /// Somebody tied to themselves.
    #[error("`{name}` is tied to itself; leave the tie out")]
    SelfTie {
        /// The name.
        name: String,
    },
    /// Superiors in a circle.
    #[error("a cyclic hierarchy: {}; remove one of these orders", .circle.join(" > "))]
    Cyclic {
        /// Each leads the next; the first stands at the end again.
        circle: Vec<String>,
    },
}

/// An organisation: people with levels and roles, and their ties. Simple: no ties to oneself, one tie a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    people: Vec<Person>,
    roles: Vec<String>,
    ties: Vec<Tie>,
}

impl Organisation {
    /// Checks people and ties. A pair that is tied twice keeps its first tie. O((n + m) log(n + m)).
    ///
    /// # Errors
    /// What makes it no organisation: nobody on level 0, a role that nobody has, a cyclic hierarchy, and so on.
    ///
    /// ```
    /// use hydranet_organisation::{Organisation, Person, Tie};
    /// let person = |name: &str, level| Person { name: name.into(), level, role: 0 };
    /// let two = Organisation::new(vec![person("a", 0), person("b", 1)], vec!["crew".into()], vec![Tie::superior(0, 1)])?;
    /// assert_eq!((two.len(), two.ties().len()), (2, 1));
    /// let circle = vec![Tie::superior(0, 1), Tie::superior(1, 2), Tie::superior(2, 0)];
    /// let people = vec![person("a", 0), person("b", 1), person("c", 2)];
    /// let refused = Organisation::new(people, vec!["crew".into()], circle).unwrap_err();
    /// assert_eq!(refused.to_string(), "a cyclic hierarchy: a > b > c > a; remove one of these orders");
    /// # Ok::<(), hydranet_organisation::BadOrganisation>(())
    /// ```
    pub fn new(people: Vec<Person>, roles: Vec<String>, ties: Vec<Tie>) -> Result<Organisation, BadOrganisation> {
        if people.is_empty() {
            return Err(BadOrganisation::Empty);
        }
        let mut names = BTreeSet::new();
        let mut held = vec![false; roles.len()];
        for person in &people {
            let (name, role) = (person.name.clone(), person.role);
            *held.get_mut(role as usize).ok_or(BadOrganisation::UnknownRole { name, role, roles: roles.len() })? = true;
            if !names.insert(&person.name) {
                return Err(BadOrganisation::DuplicateName { name: person.name.clone() });
            }
        }
        if !people.iter().any(|person| person.level == 0) {
            return Err(BadOrganisation::NoTop);
        }
        if let Some(role) = held.iter().position(|held| !held) {
            return Err(BadOrganisation::EmptyRole { role: roles[role].clone() });
        }
        let mut seen = BTreeSet::new();
        let mut kept = Vec::with_capacity(ties.len());
        let mut orders = Vec::new();
        for tie in ties {
            for place in [tie.first, tie.second] {
                if place as usize >= people.len() {
                    return Err(BadOrganisation::UnknownPlace { place, people: people.len() });
                }
            }
            if tie.first == tie.second {
                return Err(BadOrganisation::SelfTie { name: people[tie.first as usize].name.clone() });
            }
            if tie.bond == Bond::Superior {
                orders.push([tie.first, tie.second]);
            }
            if seen.insert([tie.first.min(tie.second), tie.first.max(tie.second)]) {
                kept.push(tie);
            }
        }
        if let Some(circle) = circle(people.len(), &orders) {
            let circle = circle.iter().map(|&v| people[v as usize].name.clone()).collect();
            return Err(BadOrganisation::Cyclic { circle });
        }
        Ok(Organisation { people, roles, ties: kept })
    }

    /// Number of people.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Never: an organisation has people.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The people, by place.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Names of the roles.
    pub fn roles(&self) -> &[String] {
        &self.roles
    }

    /// Who knows whom, each pair once.
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }

    /// The deepest level.
    pub fn depth(&self) -> u32 {
        self.people.iter().map(|person| person.level).max().unwrap_or(0)
    }

    /// Contacts of everybody, sorted: the graph without what ties mean.
    pub fn contacts(&self) -> Vec<Vec<Place>> {
        let mut contacts = vec![Vec::new(); self.len()];
        for tie in &self.ties {
            contacts[tie.first as usize].push(tie.second);
            contacts[tie.second as usize].push(tie.first);
        }
        contacts.iter_mut().for_each(|list| list.sort_unstable());
        contacts
    }

    /// The person with this name.
    pub fn place(&self, name: &str) -> Option<Place> {
        self.people.iter().position(|person| person.name == name).map(|place| place as Place)
    }

    /// The same people with everything but the level: who gives orders is told by `superiors`, pairs of superior and
    /// subordinate; levels count orders down from those whom nobody leads. O((n + m) log(n + m)).
    ///
    /// # Errors
    /// As [`Organisation::new`].
    pub fn of_orders(
        names: Vec<(String, u32)>,
        roles: Vec<String>,
        superiors: &[[Place; 2]],
        peers: &[[Place; 2]],
    ) -> Result<Organisation, BadOrganisation> {
        let mut below = BTreeMap::<Place, Vec<Place>>::new();
        let mut led = vec![false; names.len()];
        for &[superior, subordinate] in superiors {
            below.entry(superior).or_default().push(subordinate);
            if let Some(led) = led.get_mut(subordinate as usize) {
                *led = true;
            }
        }
        let mut level = vec![u32::MAX; names.len()];
        let mut layer: Vec<Place> = (0..names.len() as u32).filter(|&v| !led[v as usize]).collect();
        let mut depth = 0;
        while !layer.is_empty() {
            layer.retain(|&v| (v as usize) < level.len() && level[v as usize] == u32::MAX);
            layer.sort_unstable();
            layer.dedup();
            layer.iter().for_each(|&v| level[v as usize] = depth);
            layer = layer.iter().flat_map(|v| below.get(v).into_iter().flatten().copied()).collect();
            depth += 1;
        }
        // whom nobody reaches is led in a circle: told below, where the circle is found
        let tops_missing = !level.contains(&0);
        let person = |((name, role), level): ((String, u32), u32)| Person { name, role, level };
        let mut people: Vec<Person> = names.into_iter().zip(level).map(person).collect();
        if let Some(first) = people.first_mut().filter(|_| tops_missing) {
            first.level = 0;
        }
        let peers = peers.iter().map(|&[a, b]| Tie::peer(a, b));
        Organisation::new(people, roles, superiors.iter().map(|&[a, b]| Tie::superior(a, b)).chain(peers).collect())
    }
}

/// A circle among orders, its first member at the end again. Takes away who leads nobody who is left (Kahn 1962), from below.
fn circle(n: usize, orders: &[[Place; 2]]) -> Option<Vec<Place>> {
    let (mut leads, mut led_by) = (vec![0u32; n], vec![Vec::new(); n]);
    for &[superior, subordinate] in orders {
        leads[superior as usize] += 1;
        led_by[subordinate as usize].push(superior);
    }
    let mut free: Vec<Place> = (0..n as u32).filter(|&v| leads[v as usize] == 0).collect();
    let mut left = vec![true; n];
    while let Some(v) = free.pop() {
        left[v as usize] = false;
        for &superior in &led_by[v as usize] {
            leads[superior as usize] -= 1;
            if leads[superior as usize] == 0 {
                free.push(superior);
            }
        }
    }
    // everybody left leads somebody left: going down from the first comes back to where it was
    let mut path = vec![left.iter().position(|&left| left)? as u32];
    loop {
        let v = *path.last().expect("a path has a start");
        let next = orders.iter().find(|&&[a, b]| a == v && left[b as usize]).map(|&[_, b]| b)?;
        if let Some(start) = path.iter().position(|&u| u == next) {
            path.push(next);
            return Some(path.split_off(start));
        }
        path.push(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(n: usize, superiors: &[[Place; 2]]) -> Result<Organisation, BadOrganisation> {
        Organisation::of_orders((0..n).map(|i| (format!("p{i}"), 0)).collect(), vec!["crew".into()], superiors, &[])
    }

    #[test]
    fn levels_count_orders() {
        let organisation = orders(5, &[[2, 0], [0, 1], [2, 3], [3, 4]]).unwrap();
        let levels: Vec<u32> = organisation.people().iter().map(|p| p.level).collect();
        assert_eq!(levels, [1, 2, 0, 1, 2]);
    }

    #[test]
    fn refusals_name_place_and_remedy() {
        let told = |result: Result<Organisation, BadOrganisation>| result.unwrap_err().to_string();
        assert_eq!(told(orders(2, &[[0, 1], [1, 0]])), "a cyclic hierarchy: p0 > p1 > p0; remove one of these orders");
        assert!(told(orders(4, &[[0, 1], [1, 2], [2, 3], [3, 2]])).contains("p2 > p3 > p2"));
        assert!(told(orders(0, &[])).contains("without people"));
        assert!(told(orders(2, &[[0, 7]])).contains("person number 7, but there are 2"));
        assert!(told(orders(2, &[[1, 1]])).contains("`p1` is tied to itself"));
        let person = |name: &str, level, role| Person { name: name.into(), level, role };
        let make =
            |people, roles: &[&str]| Organisation::new(people, roles.iter().map(|r| r.to_string()).collect(), vec![]);
        assert!(told(make(vec![person("a", 1, 0)], &["crew"])).contains("without a top"));
        assert!(told(make(vec![person("a", 0, 0)], &["crew", "cook"])).contains("nobody has the role `cook`"));
        assert!(told(make(vec![person("a", 0, 3)], &["crew"])).contains("role number 3"));
        assert!(told(make(vec![person("a", 0, 0), person("a", 1, 0)], &["crew"])).contains("`a` stands there twice"));
    }
}
