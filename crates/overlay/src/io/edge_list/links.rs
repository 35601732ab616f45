//! The links of an edge list while it is read, in the narrowest form that fits, and their dense numbers at the end.

use crate::Names;
use crate::io::error::{Fault, too_many_nodes};
use crate::io::interner::Interner;
use crate::io::ranks::Ranks;

/// What has been read.
#[derive(Default)]
pub(in crate::io) struct Links {
    form: Form,
    /// Nodes named by a comment, while all names are integers.
    lone: Vec<u64>,
    /// A first line of two words. Column titles, if nothing but integers follows.
    first_words: Option<[String; 2]>,
    /// Whether a first line has been seen.
    touched: bool,
}

enum Form {
    Narrow(Vec<[u32; 2]>),
    Wide(Vec<[u64; 2]>),
    Named(Interner, Vec<[u32; 2]>),
}

impl Default for Form {
    fn default() -> Form {
        Form::Narrow(Vec::new())
    }
}

/// Links between the nodes `0..n`.
pub(in crate::io) struct Numbered {
    pub(in crate::io) n: u32,
    pub(in crate::io) links: Vec<[u32; 2]>,
    pub(in crate::io) names: Names,
    /// Whether the first line turned out to hold column titles.
    pub(in crate::io) has_titles: bool,
}

/// An integer that equals its name: decimal, no sign, no leading zero, below 2⁶⁴.
fn integer(name: &str) -> Option<u64> {
    let plain = name.bytes().all(|b| b.is_ascii_digit()) && (name.len() == 1 || !name.starts_with('0'));
    if plain { name.parse().ok() } else { None }
}

impl Links {
    pub(in crate::io) fn are_integers(&self) -> bool {
        !matches!(self.form, Form::Named(..))
    }

    /// Whether this is still before the first line.
    pub(in crate::io) fn are_untouched(&self) -> bool {
        !self.touched
    }

    /// Whether a node is called so.
    pub(in crate::io) fn knows(&self, name: &str) -> bool {
        match &self.form {
            Form::Named(interner, _) => interner.find(name).is_some(),
            _ => false,
        }
    }

    /// The line of column titles has been seen.
    pub(in crate::io) fn no_titles_below(&mut self) {
        self.touched = true;
    }

    /// Lines with a link, including a first line that may be titles.
    pub(in crate::io) fn len(&self) -> usize {
        let links = match &self.form {
            Form::Narrow(links) | Form::Named(_, links) => links.len(),
            Form::Wide(links) => links.len(),
        };
        links + usize::from(self.first_words.is_some())
    }

    /// A link between nodes whose names are integers.
    #[inline]
    pub(in crate::io) fn push_integers(&mut self, [a, b]: [u64; 2]) {
        self.touched = true;
        match &mut self.form {
            Form::Narrow(links) if a | b <= u64::from(u32::MAX) => links.push([a as u32, b as u32]),
            Form::Narrow(links) => {
                let mut wide: Vec<[u64; 2]> = std::mem::take(links).into_iter().map(|l| l.map(u64::from)).collect();
                wide.push([a, b]);
                self.form = Form::Wide(wide);
            }
            Form::Wide(links) => links.push([a, b]),
            Form::Named(..) => unreachable!("integers are words once a word has been seen"),
        }
    }

    /// A link between nodes of any name. `settled`: this file has no column titles.
    pub(in crate::io) fn push(&mut self, names: [&str; 2], settled: bool) -> Result<(), Fault> {
        let first = !std::mem::replace(&mut self.touched, true);
        if self.are_integers() {
            match names.map(integer) {
                [Some(a), Some(b)] => {
                    self.push_integers([a, b]);
                    return Ok(());
                }
                [None, None] if first && !settled => {
                    self.first_words = Some(names.map(str::to_owned));
                    return Ok(());
                }
                _ => self.become_named()?,
            }
        }
        let Form::Named(interner, links) = &mut self.form else { unreachable!("has just become so") };
        links.push([add(interner, names[0])?, add(interner, names[1])?]);
        Ok(())
    }

    /// A node that is named by itself.
    pub(in crate::io) fn push_node(&mut self, name: &str) -> Result<(), Fault> {
        if self.are_integers() {
            match integer(name) {
                Some(id) => {
                    self.lone.push(id);
                    return Ok(());
                }
                None => self.become_named()?,
            }
        }
        let Form::Named(interner, _) = &mut self.form else { unreachable!("has just become so") };
        add(interner, name).map(|_| ())
    }

    /// From integers to words, in order of first appearance.
    fn become_named(&mut self) -> Result<(), Fault> {
        let mut interner = Interner::default();
        for id in std::mem::take(&mut self.lone) {
            add(&mut interner, &id.to_string())?;
        }
        let mut links = Vec::new();
        if let Some([a, b]) = self.first_words.take() {
            links.push([add(&mut interner, &a)?, add(&mut interner, &b)?]);
        }
        let mut push = |[a, b]: [u64; 2]| -> Result<(), Fault> {
            links.push([add(&mut interner, &a.to_string())?, add(&mut interner, &b.to_string())?]);
            Ok(())
        };
        match std::mem::take(&mut self.form) {
            Form::Narrow(list) => list.into_iter().try_for_each(|l| push(l.map(u64::from)))?,
            Form::Wide(list) => list.into_iter().try_for_each(push)?,
            Form::Named(..) => unreachable!("called once"),
        }
        self.form = Form::Named(interner, links);
        Ok(())
    }

    /// Dense numbers for all nodes.
    pub(in crate::io) fn number(mut self) -> Result<Numbered, Fault> {
        if self.first_words.is_some() && self.len() == 1 {
            self.become_named()?;
        }
        let has_titles = self.first_words.is_some();
        let lone = self.lone.iter().copied();
        let (ranks, links) = match self.form {
            Form::Named(interner, links) => {
                let n = interner.len() as u32;
                let (text, ends) = interner.into_parts();
                return Ok(Numbered { n, links, names: Names::Strings { text, ends }, has_titles });
            }
            Form::Narrow(mut links) => {
                let ids = links.iter().flatten().map(|id| u64::from(*id)).chain(lone);
                let ranks = Ranks::of(ids, links.len() * 2 + self.lone.len()).ok_or_else(too_many_nodes)?;
                if !ranks.are_identity() {
                    links.iter_mut().flatten().for_each(|id| *id = ranks.rank(u64::from(*id)));
                }
                (ranks, links)
            }
            Form::Wide(links) => {
                let ids = links.iter().flatten().copied().chain(lone);
                let ranks = Ranks::of(ids, links.len() * 2 + self.lone.len()).ok_or_else(too_many_nodes)?;
                let links = links.into_iter().map(|l| l.map(|id| ranks.rank(id))).collect();
                (ranks, links)
            }
        };
        Ok(Numbered { n: ranks.len(), links, names: ranks.into_names(), has_titles })
    }
}

fn add(interner: &mut Interner, name: &str) -> Result<u32, Fault> {
    interner.add(name).map(|(number, _)| number).ok_or_else(too_many_nodes)
}
