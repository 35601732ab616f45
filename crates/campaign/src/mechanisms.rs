//! The list of all mechanisms, in the order in which the engine asks them: see [`crate::mechanism`].

use crate::mechanism::{Acts, Mechanism, Start, Strike};
use crate::operator::Operator;
use crate::state::State;
use crate::{Campaign, Churn, Commands, Crawling, Defender, Evidence, Maintenance, Sample};

macro_rules! mechanisms {
    ($($name:ident: $params:ty,)*) => {
        /// All mechanisms in one trajectory.
        #[derive(Debug)]
        pub(crate) struct Mechanisms {
            $(pub(crate) $name: <$params as Mechanism>::Acts,)*
        }

        impl Mechanisms {
            /// All of them at time 0, in the order of the list.
            pub(crate) fn start(campaign: &Campaign, start: &Start<'_>, state: &mut State) -> Mechanisms {
                Mechanisms { $($name: campaign.$name.start(start, state),)* }
            }

            pub(crate) fn cycle(&mut self, state: &mut State) {
                $(self.$name.cycle(state);)*
            }

            pub(crate) fn resist(&self, action: &str, uses: u32) -> f64 {
                let mut factor = 1.0;
                $(factor *= self.$name.resist(action, uses);)*
                factor
            }

            pub(crate) fn struck(&mut self, strike: &Strike, state: &mut State) {
                $(self.$name.struck(strike, state);)*
            }

            pub(crate) fn answer(&mut self, state: &mut State) {
                $(self.$name.answer(state);)*
            }

            pub(crate) fn report(&mut self, state: &mut State) {
                $(self.$name.report(state);)*
            }

            pub(crate) fn tell(&self, state: &State, sample: &mut Sample) {
                $(self.$name.tell(state, sample);)*
            }
        }
    };
}

// evidence of the time up to now comes before what happens now; the operator sees all that happened before acting
mechanisms! {
    evidence: Evidence,
    churn: Churn,
    maintenance: Maintenance,
    command: Commands,
    crawl: Crawling,
    operator: Operator,
    defender: Defender,
}
