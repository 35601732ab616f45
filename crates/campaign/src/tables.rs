//! Reading the tables of a campaign: what they are called and which keys they have, laying one set of tables over another,
//! and errors that point at the place in the text.

use crate::{Actions, BadTable, Campaign, Step};
use hydranet_plugin::{nearest, schema_of};
use hydranet_topology::{Misread, Param, Params, params_of};
use schemars::Schema;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde_json::Value;
use std::ops::Range;
use std::sync::LazyLock;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table of a campaign and its keys.
#[derive(Debug, Clone)]
pub struct TableKeys {
    /// Its path: `operator`.
    pub table: String,
    /// What it can say. Tables within it have an entry of their own.
    pub params: Vec<Param>,
}

/// The tables, in the order of the campaign's fields; the first, without a name, is the campaign itself.
static TABLES: LazyLock<Vec<TableKeys>> = LazyLock::new(|| {
    let root = schema_of::<Campaign>();
    let mut tables = Vec::new();
    collect("", root.as_value(), root.as_value(), &mut tables);
    tables
});

fn collect(path: &str, schema: &Value, root: &Value, to: &mut Vec<TableKeys>) {
    let mut whole = schema.clone();
    whole["$defs"] = root["$defs"].clone();
    let params = params_of(&Schema::try_from(whole).expect("a schema is a table"));
    to.push(TableKeys { table: path.into(), params });
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(table) = table_of(property, root) {
            collect(&join(path, name), table, root, to);
        }
    }
}

/// The schema of a property that is a table, or may be one.
fn table_of<'s>(property: &'s Value, root: &'s Value) -> Option<&'s Value> {
    if property["properties"].is_object() {
        return Some(property);
    }
    if let Some(path) = property["$ref"].as_str() {
        return table_of(root.pointer(path.trim_start_matches('#'))?, root);
    }
    let choices = ["anyOf", "allOf"].into_iter().filter_map(|key| property[key].as_array()).flatten();
    choices.filter_map(|choice| table_of(choice, root)).next()
}

pub(crate) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.into() } else { format!("{path}.{key}") }
}

/// The keys of a table, by its path.
pub(crate) fn keys_of(path: &str) -> Option<&'static [Param]> {
    TABLES.iter().find(|t| t.table == path).map(|t| t.params.as_slice())
}

/// Lays tables over others, key by key and at any depth: what `over` says holds, what it leaves out stays. Every value keeps
/// its place in the text. O(keys).
///
/// ```
/// # use hydranet_campaign::overlay;
/// # use toml::de::DeTable;
/// let table = |text| DeTable::parse(text).unwrap().into_inner();
/// let merged = overlay(table("[operator]\nlearns = 0.5\ncontacts = 3"), table("operator = { learns = 0.1 }"));
/// let operator = merged["operator"].get_ref().as_table().unwrap();
/// assert_eq!(operator["learns"].span(), 22..25);
/// assert_eq!(operator.len(), 2);
/// ```
pub fn overlay<'i>(mut base: DeTable<'i>, over: DeTable<'i>) -> DeTable<'i> {
    for (key, value) in over {
        let span = value.span();
        let value = match (base.remove(key.get_ref().as_ref()).map(Spanned::into_inner), value.into_inner()) {
            (Some(DeValue::Table(below)), DeValue::Table(above)) => DeValue::Table(overlay(below, above)),
            (_, value) => value,
        };
        base.insert(key, Spanned::new(span, value));
    }
    base
}

impl Campaign {
    /// The tables that a campaign can have and their keys, tables within tables included: what a spec can say, for people.
    pub fn tables() -> &'static [TableKeys] {
        &TABLES[1..]
    }

    /// The names of its tables: its fields.
    pub fn table_names() -> impl Iterator<Item = &'static str> {
        TABLES[0].params.iter().map(|p| p.name.as_str())
    }

    /// Reads the tables of a campaign, and its playbook: a list of tables `action`. `within` says where they stand in the
    /// text, for hints: empty, or `treatment` for `[treatment.operator]`.
    ///
    /// # Errors
    /// With the place: a key that nobody knows, a value of the wrong type, an impossible value, an unknown action.
    pub fn read(mut params: Params<'_>, actions: &Actions, within: &str) -> Result<Campaign, Misread> {
        let steps = params.take("action");
        let table = params.into_table();
        refuse_unknown("", table.get_ref(), within)?;
        let fail = |span: Range<usize>, reason: &str| Misread {
            reason: format!("{}{reason}", path_at(table.get_ref(), &span)),
            span,
        };
        let value = Spanned::new(table.span(), DeValue::Table(table.get_ref().clone()));
        let mut campaign = Campaign::deserialize(value.into_deserializer())
            .map_err(|e: toml::de::Error| fail(e.span().unwrap_or(table.span()), &e.message().replace('\n', " ")))?;
        campaign.check().map_err(|e| {
            let path = e.invalid.param.split('.');
            let span = span_of(table.get_ref(), std::iter::once(e.table).chain(path)).unwrap_or(table.span());
            Misread { reason: BadTable::to_string(&e), span }
        })?;
        campaign.playbook = steps.map_or(Ok(Vec::new()), |steps| playbook(steps, actions, within))?;
        Ok(campaign)
    }
}

fn playbook(steps: Spanned<DeValue<'_>>, actions: &Actions, within: &str) -> Result<Vec<Step>, Misread> {
    let span = steps.span();
    let wrong = || {
        let reason = format!("`action` is a list of tables: write [[{}]]", join(within, "action"));
        Misread { reason, span: span.clone() }
    };
    let DeValue::Array(list) = steps.into_inner() else { return Err(wrong()) };
    list.into_iter()
        .map(|step| match (step.span(), step.into_inner()) {
            (span, DeValue::Table(table)) => Step::read(Params::new(Spanned::new(span, table)), actions),
            _ => Err(wrong()),
        })
        .collect()
}

/// Refuses keys that nobody knows, at any depth, with the nearest known one.
fn refuse_unknown(path: &str, table: &DeTable<'_>, within: &str) -> Result<(), Misread> {
    let known = keys_of(path).unwrap_or_default();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if !known.iter().any(|p| p.name == name) {
            let reason = renamed(path, name).map_or_else(|| unknown(name, known), str::to_owned);
            return Err(Misread { reason: format!("{}{reason}", prefix(path)), span: key.span() });
        }
        let below = join(path, name);
        match (keys_of(&below), value.get_ref()) {
            (Some(_), DeValue::Table(inner)) => refuse_unknown(&below, inner, within)?,
            (Some(_), _) => {
                let reason = format!("`{below}` is a table: write [{}] above its keys", join(within, &below));
                return Err(Misread { reason, span: value.span() });
            }
            _ => (),
        }
    }
    Ok(())
}

/// What is said of a key that there was once.
pub(crate) fn renamed(path: &str, name: &str) -> Option<&'static str> {
    (path == "maintenance" && name == "period_cycles").then_some(
        "`period_cycles` is now `period_minutes`: a period that does not change with `cycle_minutes` \
         (what it was is the product of the two)",
    )
}

/// What is said of a key that nobody knows.
pub(crate) fn unknown(name: &str, known: &[Param]) -> String {
    let all: Vec<String> = known.iter().map(|p| format!("`{}`", p.name)).collect();
    let hint = nearest(name, known.iter().map(|p| p.name.as_str()));
    let hint = hint.map_or(String::new(), |h| format!("; did you mean `{h}`?"));
    format!("unknown field `{name}`, expected one of {}{hint}", all.join(", "))
}

fn prefix(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("`{path}`: ") }
}

/// The path of the value at a place, ready to stand before a reason; empty where there is none.
fn path_at(table: &DeTable<'_>, place: &Range<usize>) -> String {
    let found = table.iter().find_map(|(key, value)| {
        // the place of a table under a header is that of the header: keys are looked for in all of them
        let below = value.get_ref().as_table().map(|inner| path_at(inner, place)).filter(|path| !path.is_empty());
        let inside = value.span().start <= place.start && place.end <= value.span().end;
        below.or_else(|| inside.then(String::new)).map(|path| format!("`{}`: {path}", key.get_ref()))
    });
    found.unwrap_or_default()
}

/// The place of a value by its path: that of the innermost table which is there.
fn span_of<'p>(table: &DeTable<'_>, mut path: impl Iterator<Item = &'p str>) -> Option<Range<usize>> {
    let value = table.get(path.next()?)?;
    let inner = match value.get_ref() {
        DeValue::Table(inner) => span_of(inner, path),
        _ => None,
    };
    inner.or(Some(value.span()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ACTIONS;

    fn read(text: &str) -> Result<Campaign, Misread> {
        Campaign::read(Params::parse(text).unwrap(), &Actions::default().with(ACTIONS), "")
    }

    #[test]
    fn every_field_is_a_table() {
        let names: Vec<&str> = Campaign::table_names().collect();
        let all = ["time", "churn", "maintenance", "command", "operator", "defender", "evidence", "crawl", "fleet"];
        assert_eq!(names, all);
        let operator = keys_of("operator").unwrap();
        assert!(operator.iter().any(|p| p.name == "migrate_below" && p.takes == "number" && !p.required));
        for table in Campaign::tables() {
            assert!(table.params.iter().all(|p| !p.meaning.is_empty()), "{}: a key without a meaning", table.table);
        }
    }

    #[test]
    fn what_is_read_is_written_the_same() {
        let text = "[operator]\nlearns = 0.5\n[fleet]\noperators = \"shared\"\n\
                    [[action]]\naction = \"seize-servers\"\nat_days = 3\nshare = 0.25";
        let campaign = read(text).unwrap();
        assert_eq!((campaign.operator.learns, campaign.playbook[0].schedule.at_days), (0.5, 3.0));
        assert_eq!(read(&toml::to_string(&campaign).unwrap()).unwrap(), campaign);
        assert_eq!(read("").unwrap(), Campaign::default());
    }

    /// The reason, and the text that it points at.
    fn refused(text: &str, reason: &str, at: &str) {
        let error = read(text).unwrap_err();
        assert!(error.reason.contains(reason), "{text}: {}", error.reason);
        assert_eq!(&text[error.span], at, "{text}");
    }

    #[test]
    fn refusals_point_at_their_place() {
        refused("operater = {}", "unknown field `operater`, expected one of `time`", "operater");
        refused("operator = 3", "`operator` is a table: write [operator] above its keys", "3");
        refused("[operator]\nlernt = 1", "`operator`: unknown field `lernt`, expected one of", "lernt");
        refused("[operator]\nlearn = 1", "did you mean `learns`?", "learn");
        refused("[operator]\nlearns = true", "`operator`: `learns`: invalid type: boolean", "true");
        refused("[operator]\nlearns = 2.5", "`operator`: `learns`: a share from 0 to 1, not 2.5", "2.5");
        refused("[operator]\nnames_owned = 3", "`operator`: `names_owned`: at most N = 0 names, not 3", "3");
        refused("[maintenance]\nperiod_cycles = 2", "`period_cycles` is now `period_minutes`", "period_cycles");
        refused("action = 3", "`action` is a list of tables: write [[action]]", "3");
        refused("[[action]]\naction = \"seize-srvers\"", "did you mean `seize-servers`?", "\"seize-srvers\"");
        refused("[[action]]\naction = \"sybil\"\ntimes = 0", "`action`: `times`: 1 to 10000, not 0", "0");
        refused("[[action]]\naction = \"sybil\"\nnodes = 0", "`nodes`: at least 1 Sybil node, not 0", "0");
    }

    #[test]
    fn tables_are_laid_over_tables() {
        let table = |text| DeTable::parse(text).unwrap().into_inner();
        let base = "[operator]\nrebuild_days = 3.0\nlearns = 0.5\n[churn]\ndiurnal = 0.5";
        let over = "[operator]\nlearns = 0.25\n[evidence]\nnats = 0.5";
        let merged = overlay(table(base), table(over));
        let params = Params::new(Spanned::new(0..over.len(), merged));
        let campaign = Campaign::read(params, &Actions::default(), "").unwrap();
        let want = read("operator = { rebuild_days = 3, learns = 0.25 }\nchurn.diurnal = 0.5\nevidence.nats = 0.5");
        assert_eq!(campaign, want.unwrap());
    }
}
