//! Sentences that an experiment answers, and how sure the answer is.

use hydranet_charts::claim_value;
use hydranet_results::verdict::{ClaimRow, Verdict};
use maud::{Markup, html};

/// Claims, as a page shows them.
#[derive(Debug, Clone, Default)]
pub struct ClaimTable {
    /// Who makes them; may be empty.
    pub from: String,
    /// The claims with their answers; the column `measured` says of which topology where one sentence is asked of several.
    pub rows: Vec<ClaimRow>,
}

impl ClaimTable {
    /// How many hold, and how many are judged at all.
    pub(crate) fn held(&self) -> (usize, usize) {
        let count = |wanted: &dyn Fn(Verdict) -> bool| self.rows.iter().filter(|row| wanted(row.judged())).count();
        (count(&|v| v == Verdict::Holds), count(&|v| v != Verdict::Unjudged))
    }
}

/// Class, sign and words.
fn shown(verdict: Verdict) -> (&'static str, &'static str, &'static str) {
    match verdict {
        Verdict::Holds => ("holds", "✓", "holds"),
        Verdict::Fails => ("fails", "✗", "does not hold"),
        Verdict::Undecided => ("undecided", "≈", "undecided"),
        Verdict::Unjudged => ("unjudged", "–", "not judged"),
    }
}

/// The table of claims.
pub(crate) fn table(claims: &ClaimTable) -> Markup {
    let head = if claims.from.is_empty() { "The claim".to_string() } else { format!("{} says", claims.from) };
    html! {
        div.scroll tabindex="0" role="region" aria-label="Claims" {
            table.claims {
                caption {
                    "Number with its 95 % interval, clustered by network (of one network: by order); differences, ratios and orders of \
                     several cells are those of paired trials. A claim holds, or does not, if its interval decides so at 5 % after \
                     Holm's adjustment for all claims of this table; else it is undecided."
                }
                thead { tr {
                    th scope="col" { (head) } th scope="col" { "Measured" } th.n scope="col" { "Value [95 % interval]" }
                    th scope="col" { "Needed" } th scope="col" { "Verdict" }
                } }
                tbody {
                    @for claim in &claims.rows {
                        @let (class, sign, words) = shown(claim.judged());
                        tr {
                            th scope="row" { (claim.says) }
                            td { (claim.measured) }
                            td.n { (claim_value(claim.value, claim.interval(), &claim.unit)) }
                            td { (claim.needed()) }
                            td class={ "verdict " (class) } { span aria-hidden="true" { (sign) } (words) }
                        }
                    }
                }
            }
        }
    }
}
