//! The rows of a study, sorted into cells: what summaries and differences are computed from.

use crate::metric::{Metric, MetricInfo, Metrics, Reading};
use crate::{Rows, Table};
use std::collections::{BTreeMap, BTreeSet};

/// A row that metrics are read from.
pub trait Observed {
    /// The labels of topology and treatment.
    fn cell(&self) -> [&str; 2];

    /// Network and order: trials of the same numbers share their random streams in all cells.
    fn trial(&self) -> (u64, u64);

    /// Where on its axis it was measured.
    fn place(&self) -> Option<Place> {
        None
    }
}

/// Where on its axis something was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Places with the same key are one place in all cells; keys rise with it.
    pub key: u64,
    /// The number itself; of one place in different trials it may differ a little (a share of a whole number of nodes).
    pub at: f64,
}

impl Place {
    /// A place that is the same number in all trials.
    ///
    /// # Panics
    /// If it is negative or NaN: the bits of such numbers do not rise with them.
    pub fn number(at: f64) -> Place {
        assert!(at >= 0.0, "places are not negative: {at}");
        Place { key: (at + 0.0).to_bits(), at }
    }
}

/// What is drawn anew from trial to trial: the clusters that intervals count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Independent {
    /// Networks: what one suffers, all orders on it suffer, so that they are one cluster.
    #[default]
    Networks,
    /// Orders: all trials are on one and the same network. Intervals are then about this network, not about others of its kind.
    Orders,
}

impl Independent {
    /// What is independent in trials with these network numbers: orders where there is one network and no other.
    ///
    /// ```
    /// use hydranet_results::Independent;
    /// assert_eq!(Independent::of([0, 0, 0]), Independent::Orders);
    /// assert_eq!(Independent::of([0, 0, 1]), Independent::Networks);
    /// ```
    pub fn of(networks: impl IntoIterator<Item = u64>) -> Independent {
        let mut networks = networks.into_iter();
        let first = networks.next();
        if networks.all(|network| Some(network) == first) { Independent::Orders } else { Independent::Networks }
    }

    /// The cluster that a trial is in, from its network and its order.
    pub fn cluster(self, (network, order): (u64, u64)) -> u64 {
        match self {
            Independent::Networks => network,
            Independent::Orders => order,
        }
    }

    /// How many networks so many clusters are on.
    pub fn networks(self, clusters: u64) -> u64 {
        match self {
            Independent::Networks => clusters,
            Independent::Orders => clusters.min(1),
        }
    }
}

/// What one trial says of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrialReading {
    /// Its network and order.
    pub number: (u64, u64),
    /// What it says; never [`Reading::Absent`].
    pub reading: Reading,
}

/// All trials of one cell that are about one metric at one place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// The trials, in the order of the rows.
    pub trials: Vec<TrialReading>,
    /// What the metric can be at least and at most.
    pub bounds: Option<[f64; 2]>,
    independent: Independent,
    at: Sum,
    expected: Sum,
}

/// A sum of numbers of which some may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Sum {
    of: f64,
    count: u64,
    first: f64,
    differ: bool,
}

impl Sum {
    fn add(&mut self, value: f64) {
        match self.count {
            0 => self.first = value,
            _ => self.differ |= value != self.first,
        }
        (self.of, self.count) = (self.of + value, self.count + 1);
    }

    /// The mean; of equal numbers the number itself, not what rounding makes of it.
    fn mean(self) -> Option<f64> {
        (self.count > 0).then(|| if self.differ { self.of / self.count as f64 } else { self.first })
    }
}

impl Group {
    /// What its intervals count: the same in all groups of an experiment.
    pub fn independent(&self) -> Independent {
        self.independent
    }

    /// The trials with their cluster and their number in it, in the order of the rows.
    pub(crate) fn clustered(&self) -> impl Iterator<Item = ((u64, u64), Reading)> {
        self.trials.iter().map(|trial| {
            let (network, order) = trial.number;
            match self.independent {
                Independent::Networks => ((network, order), trial.reading),
                Independent::Orders => ((order, network), trial.reading),
            }
        })
    }

    /// The networks of some of its trials, by the number of clusters that those are in.
    pub(crate) fn networks(&self, clusters: u64) -> u64 {
        self.independent.networks(clusters)
    }

    /// The mean place.
    pub fn at(&self) -> Option<f64> {
        self.at.mean()
    }

    /// The mean of the closed form, where every trial has it.
    pub fn expected(&self) -> Option<f64> {
        self.expected.mean().filter(|_| self.expected.count == self.trials.len() as u64)
    }
}

/// Number of a cell, number of a metric, and the place.
type Key = (usize, usize, Option<u64>);

/// A metric, the axis of its places, and the number of the list that it is from.
#[derive(Debug, Clone, Copy)]
struct Listed {
    info: &'static MetricInfo,
    axis: &'static str,
    list: usize,
}

/// Everything that trials say, by cell, metric and place.
#[derive(Debug, Default)]
pub struct Observations {
    cells: Vec<[String; 2]>,
    numbers: BTreeMap<[String; 2], usize>,
    metrics: Vec<Listed>,
    groups: BTreeMap<Key, Group>,
    /// The network of the first row, and whether there is another.
    network: Option<u64>,
    several: bool,
    /// The places of the whole experiment, where this is a part of one.
    places: Option<Places>,
}

/// The places at which metrics are measured, by the number of their list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places(BTreeMap<usize, BTreeSet<u64>>);

impl Places {
    /// Adds those of a part.
    pub fn join(&mut self, other: &Places) {
        other.0.iter().for_each(|(list, keys)| self.0.entry(*list).or_default().extend(keys));
    }
}

/// One group with what it is of.
#[derive(Debug, Clone, Copy)]
pub struct Gathered<'o> {
    /// Number of its cell.
    pub cell: usize,
    /// Number of its metric.
    pub metric: usize,
    /// The key of its place.
    pub place: Option<u64>,
    /// The number of its place among those of its axis, from 0.
    pub point: Option<u64>,
    /// The trials.
    pub group: &'o Group,
}

impl Observations {
    /// Reads the raw tables of a study: each of `metrics` from the first table of its schema. Metrics and cells are in the order
    /// of the tables.
    ///
    /// Where all their rows are of one network, its orders are what is independent ([`Independent::Orders`]).
    ///
    /// # Panics
    /// If a table is missing.
    pub fn of(metrics: &[&dyn Metrics], tables: &[Table]) -> Observations {
        let mut all = Observations::default();
        for list in metrics {
            let table = tables.iter().find(|table| table.schema() == list.schema());
            list.observe(table.expect("a table for every list of metrics"), &mut all);
        }
        let independent = all.independent();
        all.groups.values_mut().for_each(|group| group.independent = independent);
        all
    }

    /// As part of an experiment that has these places and whose intervals count this: the numbers of places are then those of the
    /// whole.
    #[must_use]
    pub fn among(mut self, places: &Places, independent: Independent) -> Observations {
        self.places = Some(places.clone());
        self.groups.values_mut().for_each(|group| group.independent = independent);
        self
    }

    /// The places at which something was measured.
    pub fn places(&self) -> Places {
        let mut places = Places::default();
        for (_, metric, place) in self.groups.keys() {
            places.0.entry(self.metrics[*metric].list).or_default().extend(place);
        }
        places
    }

    /// What the intervals of this experiment count.
    pub fn independent(&self) -> Independent {
        if self.several { Independent::Networks } else { Independent::Orders }
    }

    /// Adds what some metrics say in all rows of a table.
    pub(crate) fn read<R: Rows>(&mut self, metrics: &'static [&'static Metric<R>], axis: &'static str, rows: &Table)
    where
        for<'t> R::Row<'t>: Observed,
    {
        let first = self.metrics.len();
        let list = self.metrics.last().map_or(0, |last| last.list + 1);
        self.metrics.extend(metrics.iter().map(|metric| Listed { info: &metric.info, axis, list }));
        for row in rows.records::<R::Row<'_>>() {
            let cell = self.number(row.cell());
            let (network, _) = row.trial();
            self.several |= *self.network.get_or_insert(network) != network;
            let place = row.place();
            for (metric, number) in metrics.iter().zip(first..) {
                let reading = metric.of(&row);
                if reading == Reading::Absent {
                    continue;
                }
                let group = self.groups.entry((cell, number, place.map(|p| p.key))).or_default();
                if let Some([least, most]) = metric.bounds(&row) {
                    let [lo, hi] = group.bounds.unwrap_or([least, most]);
                    group.bounds = Some([lo.min(least), hi.max(most)]);
                }
                group.trials.push(TrialReading { number: row.trial(), reading });
                if let Some(place) = place {
                    group.at.add(place.at);
                }
                if let Some(expected) = metric.expects(&row) {
                    group.expected.add(expected);
                }
            }
        }
    }

    fn number(&mut self, cell: [&str; 2]) -> usize {
        // rows of one cell stand together
        if let Some(last) = self.cells.last().filter(|last| **last == cell) {
            return self.numbers[last];
        }
        let cell = cell.map(str::to_owned);
        if let Some(number) = self.numbers.get(&cell) {
            return *number;
        }
        self.numbers.insert(cell.clone(), self.cells.len());
        self.cells.push(cell);
        self.cells.len() - 1
    }

    /// The cells, in the order of their first row.
    pub fn cells(&self) -> &[[String; 2]] {
        &self.cells
    }

    /// A metric by its number, and its axis.
    pub fn metric(&self, number: usize) -> (&'static MetricInfo, &'static str) {
        (self.metrics[number].info, self.metrics[number].axis)
    }

    /// A metric by its name in files and specs, as these have it.
    pub fn info(&self, name: &str) -> Option<&'static MetricInfo> {
        self.metrics.iter().map(|listed| listed.info).find(|info| info.name == name)
    }

    /// The number of a metric by its name and the axis of its places.
    pub(crate) fn number_of(&self, name: &str, axis: &str) -> Option<usize> {
        self.metrics.iter().position(|listed| listed.info.name == name && listed.axis == axis)
    }

    /// All groups: by cell, metric and place.
    pub fn groups(&self) -> impl Iterator<Item = Gathered<'_>> {
        self.numbered(self.groups.iter())
    }

    /// The groups of one cell.
    pub(crate) fn groups_of(&self, cell: usize) -> impl Iterator<Item = Gathered<'_>> {
        self.numbered(self.groups.range((cell, 0, None)..(cell + 1, 0, None)))
    }

    fn numbered<'o>(
        &'o self,
        groups: impl Iterator<Item = (&'o Key, &'o Group)>,
    ) -> impl Iterator<Item = Gathered<'o>> {
        let own;
        let places = match &self.places {
            Some(places) => places,
            None => {
                own = self.places();
                &own
            }
        };
        let numbered = |(list, keys): (&usize, &BTreeSet<u64>)| {
            let list = *list;
            keys.iter().zip(0..).map(|(key, point)| ((list, *key), point)).collect::<Vec<_>>()
        };
        let points: BTreeMap<(usize, u64), u64> = places.0.iter().flat_map(numbered).collect();
        groups.map(move |(&(cell, metric, place), group)| {
            let point = place.and_then(|key| points.get(&(self.metrics[metric].list, key)).copied());
            Gathered { cell, metric, place, point, group }
        })
    }

    /// The number of a cell.
    pub fn cell(&self, topology: &str, treatment: &str) -> Option<usize> {
        self.numbers.get(&[topology.to_owned(), treatment.to_owned()]).copied()
    }

    /// One group.
    pub fn group(&self, cell: usize, metric: usize, place: Option<u64>) -> Option<&Group> {
        self.groups.get(&(cell, metric, place))
    }
}
