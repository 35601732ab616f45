//! Numbers for names: each new name gets the next number.
//!
//! An own table rather than a map of strings: all names stand in one text, as [`Names`](crate::Names) keeps them, and
//! the table holds numbers only, each with half of its name's hash, so that a name is compared only where it is found.
//! It costs 32 bytes a node at most, where a map would take 60 and more.

use std::hash::{DefaultHasher, Hasher};

const FREE: u32 = u32::MAX;

/// A place of the table.
#[derive(Debug, Clone, Copy)]
struct Slot {
    number: u32,
    /// The upper half of the hash.
    tag: u32,
}

/// Names and their numbers.
#[derive(Debug, Default)]
pub(super) struct Interner {
    text: String,
    ends: Vec<u64>,
    /// Open addressing, a power of two long, at most half full.
    slots: Vec<Slot>,
}

impl Interner {
    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, number: u32) -> &str {
        let start = if number == 0 { 0 } else { self.ends[number as usize - 1] as usize };
        &self.text[start..self.ends[number as usize] as usize]
    }

    pub(super) fn find(&self, name: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let found = self.slots[self.place(name).0].number;
        (found != FREE).then_some(found)
    }

    /// The number of this name, and whether it is new. `None` if 2³² − 1 names are here already.
    pub(super) fn add(&mut self, name: &str) -> Option<(u32, bool)> {
        if self.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let (place, tag) = self.place(name);
        let found = self.slots[place].number;
        if found != FREE {
            return Some((found, false));
        }
        let number = u32::try_from(self.len()).ok().filter(|n| *n != FREE)?;
        self.text.push_str(name);
        self.ends.push(self.text.len() as u64);
        self.slots[place] = Slot { number, tag };
        Some((number, true))
    }

    /// All names, in the form of [`Names::Strings`](crate::Names::Strings).
    pub(super) fn into_parts(self) -> (String, Vec<u64>) {
        (self.text, self.ends)
    }

    /// Where this name is or belongs, and its tag.
    fn place(&self, name: &str) -> (usize, u32) {
        let mask = self.slots.len() - 1;
        let mut hasher = DefaultHasher::new();
        hasher.write(name.as_bytes());
        let hash = hasher.finish();
        let (mut place, tag) = (hash as usize & mask, (hash >> 32) as u32);
        loop {
            let slot = self.slots[place];
            if slot.number == FREE || slot.tag == tag && self.get(slot.number) == name {
                return (place, tag);
            }
            place = (place + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let len = (self.slots.len() * 2).max(16);
        self.slots = vec![Slot { number: FREE, tag: 0 }; len];
        for number in 0..self.len() as u32 {
            let (place, tag) = self.place(self.get(number));
            self.slots[place] = Slot { number, tag };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_given_once() {
        let mut names = Interner::default();
        assert_eq!(names.find("0"), None);
        for round in 0..2 {
            for i in 0..1000u32 {
                assert_eq!(names.add(&i.to_string()), Some((i, round == 0)));
            }
        }
        assert_eq!((names.len(), names.get(999), names.find("x"), names.find("17")), (1000, "999", None, Some(17)));
        assert_eq!(names.add(""), Some((1000, true)));
        assert_eq!(names.get(1000), "");
    }
}
