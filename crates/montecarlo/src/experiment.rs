//! An experiment: what every spec says, and a study.

use crate::claim::{Claim, Sayable};
use crate::header::{Header, Overrides};
use crate::size::Size;
use crate::sweep::{Expanded, expand};
use crate::{Grammar, Ranges, SpecError, SpecText, Study, StudyKind, Unit, UnitError};
use hydranet_results::{Sweep, Table};
use hydranet_topology::{Invalid, Params};
use serde_json::Value;
use std::sync::Arc;

/// A spec, checked and ready to run.
#[derive(Debug, Clone)]
pub struct Experiment {
    /// What every spec says.
    pub header: Header,
    /// The sentences that its report answers.
    pub claims: Vec<Claim>,
    /// What differs from kind to kind.
    pub study: Arc<dyn Study>,
    /// What varies over its cells.
    pub sweep: Sweep,
    /// What was done with its axes that one might not expect, for people.
    pub notes: Vec<String>,
}

impl Experiment {
    /// An experiment without claims, for Rust users.
    ///
    /// # Errors
    /// The key of the header whose value is not allowed, and why.
    pub fn new(header: Header, study: impl Study + 'static) -> Result<Experiment, Invalid> {
        header.check()?;
        study.check(&header)?;
        Ok(Experiment {
            header,
            claims: Vec::new(),
            study: Arc::new(study),
            sweep: Sweep::default(),
            notes: Vec::new(),
        })
    }

    /// Reads a spec: the header, the axes and the claims here, all that is left by `read`, the study's own, which sees the cells that
    /// the axes make. `ranges` are those of the text.
    ///
    /// # Errors
    /// With the place: what the header, an axis, the study or a claim refuses.
    pub fn read<'t>(
        mut text: SpecText<'t>,
        ranges: &'t Ranges,
        grammar: &Grammar<'_>,
        read: impl FnOnce(SpecText<'t>) -> Result<Arc<dyn Study>, SpecError>,
    ) -> Result<Experiment, SpecError> {
        let (header, given) = text.take_struct::<Header>()?;
        let claims: Vec<Params<'_>> = text.take_tables("claim")?;
        let at = text.place();
        let refuse =
            |e: Invalid| at.fail(e.to_string(), given.iter().find(|(k, _)| k == e.param).map(|(_, s)| s.clone()));
        header.check().map_err(refuse)?;
        let written = text.take_table("sweep")?;
        let Expanded { sweep, notes } = expand(&mut text, ranges, grammar)?;
        let study = read(text)?;
        let sweep = match &written {
            Some(table) => as_written(&at, table, &sweep, &*study)?,
            None => sweep,
        };
        study.check(&header).map_err(refuse)?;
        let metrics: Vec<_> = study.kind().metrics.iter().flat_map(|list| list.infos()).collect();
        let topologies: Vec<&str> = study.topologies().iter().map(|t| t.label.as_str()).collect();
        let known = Sayable { topologies: &topologies, treatments: &study.treatments(), metrics: &metrics };
        let claims = claims.iter().map(|table| Claim::read(&at, table, &known)).collect::<Result<_, _>>()?;
        Ok(Experiment { header, claims, study, sweep, notes })
    }

    /// Its kind of study.
    pub fn kind(&self) -> &'static StudyKind {
        self.study.kind()
    }

    /// Number of topologies.
    pub fn topologies(&self) -> u32 {
        self.study.topologies().len() as u32
    }

    /// How large the first network of a topology is. Draws it: O(nodes + edges).
    pub fn size(&self, topology: u32) -> Size {
        Size::of(&self.study.topologies()[topology as usize], self.header.seed)
    }

    /// What one unit of a topology costs whose networks have this size: see [`Study::unit_cost`].
    pub fn unit_cost(&self, topology: u32, size: Size) -> f64 {
        self.study.unit_cost(&self.header, topology, size)
    }

    /// One line on how much work it is.
    pub fn extent(&self) -> String {
        self.study.extent(&self.header)
    }

    /// See [`Study::check_models`].
    ///
    /// # Errors
    /// The topology that does not suit the study, with its place in the spec.
    pub fn check_models(&self) -> Result<(), SpecError> {
        self.study.check_models(&self.header)
    }

    /// See [`Study::check_networks`].
    ///
    /// # Errors
    /// The topology that does not suit the study, with its place in the spec.
    pub fn check_networks(&self) -> Result<(), SpecError> {
        self.study.check_networks(&self.header)
    }

    /// What of the spec changes nothing: see [`Study::idle`].
    pub fn idle(&self) -> Vec<SpecError> {
        self.study.idle(&self.header)
    }

    /// The same with other settings.
    ///
    /// # Errors
    /// The key whose value is not allowed, and why.
    pub fn with(&self, overrides: &Overrides) -> Result<Experiment, Invalid> {
        let header = overrides.applied(&self.header);
        header.check()?;
        self.study.check(&header)?;
        Ok(Experiment { header, ..self.clone() })
    }

    /// Runs one unit: a pure function of the experiment and the unit.
    ///
    /// # Errors
    /// See [`Study::run`].
    pub fn run_unit(&self, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        self.study.run(&self.header, unit, tables)
    }

    /// Empty raw tables.
    pub fn tables(&self) -> Vec<Table> {
        self.kind().schemas.iter().map(|schema| Table::new(schema)).collect()
    }

    /// The whole spec with all defaults and the key `study`, for provenance.
    pub fn to_json(&self) -> Value {
        let mut json = serde_json::json!({ "study": self.kind().name });
        let object = json.as_object_mut().expect("just made");
        let header = serde_json::to_value(&self.header).expect("a header is plain values");
        object.extend(header.as_object().expect("a header is a table").clone());
        object.extend(self.study.spec());
        if !self.sweep.is_empty() {
            object.insert("sweep".into(), serde_json::to_value(&self.sweep).expect("labels and values"));
        }
        if !self.claims.is_empty() {
            object.insert("claim".into(), serde_json::to_value(&self.claims).expect("claims are plain values"));
        }
        json
    }

    /// The part of the spec that decides what a unit's rows are, in canonical form. How many networks there are, and how
    /// the rows are summed up, does not: a unit of a larger run is a unit of a smaller one.
    pub fn row_identity(&self) -> String {
        let mut object = self.what_decides_rows();
        let files: Vec<String> = self.study.topologies().iter().map(|t| t.built.value.fingerprint()).collect();
        object.insert("files".into(), files.into());
        object.insert("orders of".into(), self.study.fingerprints().into());
        Value::Object(object).to_string()
    }

    /// The same as a table, without what files say.
    pub(crate) fn what_decides_rows(&self) -> serde_json::Map<String, Value> {
        let Value::Object(mut object) = self.to_json() else { unreachable!("a spec is a table") };
        for key in ["title", "abstract", "networks", "precision", "max_networks", "claims_from", "claim", "sweep"] {
            object.remove(key);
        }
        self.study.forget_what_decides_no_row(&mut object);
        object.insert("block".into(), self.header.block_size().into());
        object
    }
}

/// `[sweep]`, which a run writes down: its cells stand there one by one, and this says what they were made from.
fn as_written(
    text: &SpecText<'_>,
    table: &Params<'_>,
    expanded: &Sweep,
    study: &dyn Study,
) -> Result<Sweep, SpecError> {
    let fail = |reason: String| text.fail(format!("`sweep`: {reason}"), Some(table.span()));
    let sweep: Sweep = toml::from_str(&table.to_toml()).map_err(|e| fail(e.message().replace('\n', " ")))?;
    if !expanded.is_empty() {
        return Err(fail(
            "the cells of this spec were made by a run and stand in it one by one; vary the spec that it was made from"
                .into(),
        ));
    }
    let topologies: Vec<&str> = study.topologies().iter().map(|t| t.label.as_str()).collect();
    for (cells, labels) in [(&sweep.topology, topologies), (&sweep.treatment, study.treatments())] {
        if let Some(cell) = cells.iter().find(|cell| !labels.contains(&cell.label.as_str())) {
            return Err(fail(format!("there is no cell `{}` here", cell.label)));
        }
    }
    Ok(sweep)
}
