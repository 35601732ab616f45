//! `[defender]`: a defender who chooses the next strike from what worked, against an operator who has several places to be in
//! (`[operator.learning]`).

use crate::Operator;
use crate::learner::{Learning, Mind, Told};
use hydranet_game::classic::Hider;
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of a defender who learns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Defender {
    /// How the place of the next strike is chosen; `seeker` goes by the rule of an operator who is `equilibrium`, `always-move` or
    /// `win-stay-lose-shift` (see `expects`).
    pub learner: Learning,
    /// The rule that a `seeker` believes in; left out: the operator's own, where it is one of those three.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expects: Option<Learning>,
    /// What the defender is told of a strike: `bandit` (did it hit?) or `full` (where was the operator?).
    pub information: Told,
    /// Rounds for which the rates of `hedge` and `exp3` are set (≥ 1).
    pub rounds: u32,
    /// Learning rate of `hedge` and `exp3`, per strike (≥ 0); left out: the one that is best for `rounds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eta: Option<f64>,
    /// Strikes that `fictitious-play` and `hedge` remember (≥ 1); left out: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<u32>,
}

impl Default for Defender {
    fn default() -> Defender {
        Defender {
            learner: Learning::Equilibrium,
            expects: None,
            information: Told::Bandit,
            rounds: 100,
            eta: None,
            memory: None,
        }
    }
}

impl Defender {
    pub(crate) fn mind(&self) -> Mind {
        Mind { learning: self.learner, told: self.information, rounds: self.rounds, eta: self.eta, memory: self.memory }
    }

    /// The rule by which a seeker goes against an operator of this kind.
    pub(crate) fn rule_of(&self, operator: Learning) -> Option<Hider> {
        self.expects.unwrap_or(operator).rule()
    }

    /// Whether the table says nothing.
    pub(crate) fn is_default(&self) -> bool {
        *self == Defender::default()
    }

    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        let rule = self.expects.is_none_or(|rule| rule.rule().is_some());
        Invalid::unless(rule, "expects", || "`equilibrium`, `always-move` or `win-stay-lose-shift`".into())?;
        self.mind().check()
    }

    /// Refuses a defender who does not go together with an operator.
    pub(crate) fn check_against(&self, operator: &Operator) -> Result<(), Invalid> {
        let Some(hideouts) = &operator.learning else {
            return Invalid::unless(self.is_default(), "learner", || {
                "there is nothing to choose from: [operator.learning] says how many places there are".into()
            });
        };
        let known = self.learner != Learning::Seeker || self.rule_of(hideouts.learner).is_some();
        Invalid::unless(known, "learner", || {
            "a seeker goes by the rule of an operator who is `equilibrium`, `always-move` or `win-stay-lose-shift`, and this one has \
             another: say what it `expects`, or choose another learner, such as `exp3`"
                .into()
        })
    }
}
