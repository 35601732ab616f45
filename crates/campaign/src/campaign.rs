//! A campaign: the tables of a spec, one field a mechanism.

use crate::{BadTable, Churn, Commands, Crawling, Defender, Evidence, Fleet, Maintenance, Operator, Step, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares the tables of a [`Campaign`] once: its fields, its keys in a spec, and what is checked.
macro_rules! tables {
    ($($(#[$meaning:meta])* $name:ident: $params:ty,)*) => {
        /// All that a campaign is: the tables of its spec, and what the defender does.
        ///
        /// Written as TOML every field is a table of its name ([`Campaign::read`]), the playbook a list of tables `action`.
        /// What is left out has its default.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub struct Campaign {
            $($(#[$meaning])* pub $name: $params,)*
            /// What is done to the network. Read by [`Campaign::read`], which knows the names of actions.
            #[serde(rename = "action", skip_deserializing)]
            #[schemars(skip)]
            pub playbook: Vec<Step>,
        }

        impl Campaign {
            /// Refuses impossible values.
            ///
            /// # Errors
            /// The first of them: its table, the parameter, and what it may be.
            pub fn check(&self) -> Result<(), BadTable> {
                $(self.$name.check().map_err(|invalid| BadTable { table: stringify!($name), invalid })?;)*
                let pursued = self.defender.check_against(&self.operator);
                pursued.map_err(|invalid| BadTable { table: "defender", invalid })?;
                for step in &self.playbook {
                    step.schedule.check().map_err(|invalid| BadTable { table: "action", invalid })?;
                }
                Ok(())
            }
        }
    };
}

tables! {
    /// The time grid.
    time: Time,
    /// Comings and goings.
    churn: Churn,
    /// Lists of contacts.
    maintenance: Maintenance,
    /// How orders spread.
    command: Commands,
    /// The operator's answers.
    operator: Operator,
    /// How the defender chooses where to strike.
    #[serde(skip_serializing_if = "Defender::is_default")]
    defender: Defender,
    /// What is found out about the operator.
    evidence: Evidence,
    /// What is found out about the network.
    crawl: Crawling,
    /// Several networks of one kit.
    fleet: Fleet,
}

impl Campaign {
    /// Whether two campaigns differ in nothing but what the defender does and sees, so that one baseline run serves both.
    pub fn same_world(&self, other: &Campaign) -> bool {
        let world = |c: &Campaign| Campaign {
            evidence: Evidence::default(),
            defender: Defender::default(),
            crawl: Crawling::default(),
            // when the playbook begins does not matter where there is none
            fleet: Fleet { rolling_days: 0.0, ..c.fleet.clone() },
            playbook: Vec::new(),
            ..c.clone()
        };
        world(self) == world(other)
    }

    /// The campaign of the baseline run: the same network left alone. Nobody acts, nobody watches.
    pub fn untouched(&self) -> Campaign {
        let evidence = Evidence { watch_per_day: 0.0, ..self.evidence.clone() };
        Campaign { playbook: Vec::new(), evidence, ..self.clone() }
    }
}
