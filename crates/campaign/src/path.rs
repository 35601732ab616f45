//! Setting a number of a campaign by its path: `operator.rebuild_days`, `action.1.success`.

use crate::tables::{keys_of, unknown};
use crate::{Actions, Campaign, Schedule};
use hydranet_plugin::{nearest, schema_of};
use hydranet_topology::{Param, Params, params_of};
use toml::{Table, Value};

/// Why a number cannot be set by a path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPath {
    /// The path leads nowhere.
    #[error("`{path}`: {reason}")]
    Unknown {
        /// The path as it was given.
        path: String,
        /// What is not there, and what is.
        reason: String,
    },
    /// The path is right, the value is not.
    #[error("`{path}`: {reason}")]
    Value {
        /// The path as it was given.
        path: String,
        /// What is wrong with the value, and what is allowed.
        reason: String,
    },
}

impl BadPath {
    /// Whether it is the value that is refused, not the path.
    pub fn is_value(&self) -> bool {
        matches!(self, BadPath::Value { .. })
    }
}

impl Campaign {
    /// Sets a number by its path: a table and its key (`operator.rebuild_days`), or `action`, the number of the action from 1
    /// and a key of its schedule or its own (`action.1.success`). Whole numbers are rounded to. Nothing changes if it is
    /// refused. O(size of the campaign).
    ///
    /// # Errors
    /// If the path leads nowhere, with the nearest that leads somewhere; if it leads to something that is no number; or if
    /// the value is impossible.
    pub fn set(&mut self, path: &str, value: f64, actions: &Actions) -> Result<(), BadPath> {
        let lost = |reason: String| BadPath::Unknown { path: path.into(), reason };
        let Some((table, key)) = path.rsplit_once('.') else {
            return Err(lost("no path; write one such as `operator.rebuild_days` or `action.1.success`".into()));
        };
        if table == "action" || table.starts_with("action.") {
            return self.set_action(path, table, (key, value), actions);
        }
        let Some(known) = keys_of(table).filter(|_| !table.is_empty()) else {
            let tables = || Campaign::tables().iter().map(|t| t.table.as_str());
            let hint = nearest(table, tables()).map_or(String::new(), |h| format!("; did you mean `{h}`?"));
            let all: Vec<&str> = tables().collect();
            return Err(lost(format!("no mechanism `{table}`; there are {}, and action{hint}", all.join(", "))));
        };
        let refused = |reason: String| BadPath::Value { path: path.into(), reason };
        let value = number(path, (key, value), known)?;
        let mut whole = Table::try_from(&*self).map_err(|e| refused(e.to_string()))?;
        whole.remove("action"); // the playbook stays as it is
        let inner = table
            .split('.')
            .try_fold(&mut whole, |at, name| at.entry(name).or_insert_with(|| Table::new().into()).as_table_mut());
        inner.ok_or_else(|| lost("no table".into()))?.insert(key.into(), value);
        let mut changed: Campaign = whole.try_into().map_err(|e: toml::de::Error| refused(e.message().into()))?;
        changed.check().map_err(|e| refused(e.invalid.reason))?;
        changed.playbook = std::mem::take(&mut self.playbook);
        *self = changed;
        Ok(())
    }

    fn set_action(
        &mut self,
        path: &str,
        table: &str,
        (key, value): (&str, f64),
        actions: &Actions,
    ) -> Result<(), BadPath> {
        let lost = |reason: String| BadPath::Unknown { path: path.into(), reason };
        let refused = |reason: String| BadPath::Value { path: path.into(), reason };
        let steps = self.playbook.len();
        let number_of = table.strip_prefix("action.").and_then(|n| n.parse::<usize>().ok());
        let Some(step) = number_of.and_then(|n| self.playbook.get_mut(n.checked_sub(1)?)) else {
            return Err(lost(format!("the campaign has {steps} actions, numbered from 1")));
        };
        let common = params_of(&schema_of::<Schedule>());
        if common.iter().any(|p| p.name == key) {
            let mut schedule = Table::try_from(&step.schedule).map_err(|e| refused(e.to_string()))?;
            schedule.insert(key.into(), number(path, (key, value), &common)?);
            let schedule: Schedule = schedule.try_into().map_err(|e: toml::de::Error| refused(e.message().into()))?;
            schedule.check().map_err(|e| refused(e.reason))?;
            step.schedule = schedule;
            return Ok(());
        }
        let row = actions.get(step.action.name).map_err(|e| lost(e.to_string()))?;
        let value = number(path, (key, value), &[common, row.params()].concat())?;
        let mut own = step.action.params.clone();
        own.insert(key.into(), value);
        let text = own.to_string();
        let params = Params::parse(&text).map_err(|e| refused(e.message().into()))?;
        step.action = row.build(&params).map_err(|e| refused(e.reason))?;
        Ok(())
    }
}

/// The value as the parameter takes it: a number, or a whole one.
fn number(path: &str, (key, value): (&str, f64), known: &[Param]) -> Result<Value, BadPath> {
    let Some(param) = known.iter().find(|p| p.name == key) else {
        return Err(BadPath::Unknown { path: path.into(), reason: unknown(key, known) });
    };
    match param.takes.as_str() {
        "integer" => Ok(Value::Integer(value.round().max(0.0) as i64)),
        "number" => Ok(Value::Float(value)),
        takes => Err(BadPath::Unknown { path: path.into(), reason: format!("takes {takes}, which is no number") }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ACTIONS;

    fn campaign() -> (Campaign, Actions) {
        let actions = Actions::default().with(ACTIONS);
        let text = "[[action]]\naction = \"partition\"\nstrategy = \"degree\"\n[[action]]\naction = \"clean-up\"";
        (Campaign::read(Params::parse(text).unwrap(), &actions, "").unwrap(), actions)
    }

    #[test]
    fn numbers_are_set_by_path() {
        let (mut campaign, actions) = campaign();
        let mut set = |path, value| campaign.set(path, value, &actions).unwrap();
        set("operator.rebuild_days", 3.5);
        set("churn.half_life_days", 700.0);
        set("operator.names_per_day", 250.4);
        set("action.1.success", 0.1 + 0.2);
        set("action.1.removals", 6.6);
        set("action.2.share", 1.0 / 3.0);
        assert_eq!((campaign.operator.rebuild_days, campaign.operator.names_per_day), (3.5, 250));
        assert_eq!(campaign.churn.half_life_days, Some(700.0));
        assert_eq!(campaign.playbook[0].schedule.success, 0.1 + 0.2);
        assert_eq!(campaign.playbook[0].action.params["removals"].as_integer(), Some(7));
        assert_eq!(campaign.playbook[1].action.params["share"].as_float(), Some(1.0 / 3.0));
    }

    #[test]
    fn what_cannot_be_set_changes_nothing() {
        let (mut campaign, actions) = campaign();
        let before = campaign.clone();
        let mut refused = |path: &str, value, want: &str, is_value| {
            let why = campaign.set(path, value, &actions).unwrap_err();
            assert!(why.to_string().contains(want), "{why}");
            assert_eq!(why.is_value(), is_value, "{why}");
            assert_eq!(campaign, before, "{path}");
        };
        refused("operator", 1.0, "no path", false);
        refused("operater.rebuild_days", 1.0, "no mechanism `operater`", false);
        refused("operater.rebuild_days", 1.0, "did you mean `operator`?", false);
        refused("operator.rebuild_day", 1.0, "unknown field `rebuild_day`", false);
        refused("operator.rebuild_day", 1.0, "did you mean `rebuild_days`?", false);
        refused("churn.sessions", 1.0, "which is no number", false);
        refused("operator.rebuild_share", 1.5, "a share from 0 to 1, not 1.5", true);
        refused("operator.names_owned", 3.0, "at most N = 0 names", true);
        refused("maintenance.drop_after", 300.0, "expected u8", true);
        refused("action.3.success", 0.5, "2 actions", false);
        refused("action.0.success", 0.5, "2 actions", false);
        refused("action.success", 0.5, "2 actions", false);
        refused("action.1.sucess", 0.5, "did you mean `success`?", false);
        refused("action.1.strategy", 0.5, "which is no number", false);
        refused("action.1.success", 1.5, "a share from 0 to 1", true);
        refused("action.1.removals", 0.0, "at least 1 node", true);
    }
}
