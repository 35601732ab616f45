//! Cases from the field: runs with parameters drawn from a prior, those nearest to what was published, and what they foretell.
//!
//! How draws are kept stands in [`super::kept`], how they are held against the prior in [`super::verdict`].

use hydranet_results::table;

table! {
    /// One row a draw, observable and recorded day.
    COURSES "courses" CourseRow<'t> {
        case: Text &'t str, "", "label of the case in the spec";
        draw: Count u64, "", "number of the draw from the prior, from 0";
        observable: Text &'t str, "", "reach, online, members, known, servers (in service), rebuilt (servers)";
        hour: Count u64, "hours", "hours after the start";
        count: Count u64, "machines or servers", "the observable";
        whole: Count u64, "machines or servers", "what it is a share of: its value at the start; of known: machines; of rebuilt: servers at the start";
    }
}

table! {
    /// One row a draw and published point.
    FITS "fits" FitRow<'t> {
        case: Text &'t str, "", "label of the case in the spec";
        draw: Count u64, "", "number of the draw from the prior, from 0";
        point: Count u64, "", "number of the published point in the spec, from 0";
        observable: Text &'t str, "", "what was published: see courses";
        day: Real f64, "days", "days after the start";
        published: Real f64, "1", "published share";
        sigma: Real f64, "1", "how exactly it is known, standard deviation";
        fitted: Count u64, "", "1 if draws are chosen by it, 0 if it is held out";
        simulated: NullableReal Option<f64>, "1", "the share in this draw";
    }
}

table! {
    /// One row a draw and parameter.
    DRAWS "draws" DrawRow<'t> {
        case: Text &'t str, "", "label of the case in the spec";
        draw: Count u64, "", "number of the draw from the prior, from 0";
        parameter: Text &'t str, "", "path of the parameter, such as operator.rebuild_days";
        from: Real f64, "see parameter", "lower end of its prior";
        to: Real f64, "see parameter", "upper end of its prior";
        value: Real f64, "see parameter", "its value in this draw";
    }
}

table! {
    /// One row a case and parameter.
    POSTERIOR "posterior", version = 2, PosteriorRow {
        case: Text String, "", "label of the case in the spec";
        parameter: Text String, "", "path of the parameter";
        from: Real f64, "see parameter", "lower end of its prior";
        to: Real f64, "see parameter", "upper end of its prior";
        lo: NullableReal Option<f64>, "see parameter", "5 % of the draws that were kept lie below; empty if none was kept";
        median: NullableReal Option<f64>, "see parameter", "median of the draws that were kept";
        hi: NullableReal Option<f64>, "see parameter", "95 % of the draws that were kept lie below";
        narrowed: NullableReal Option<f64>, "1", "standard deviation of the kept draws over that of the prior, both of ranks among all draws; 1: as wide as the prior";
        ks: NullableReal Option<f64>, "1", "greatest distance between the distributions of kept and rejected draws (Kolmogorov-Smirnov)";
        p: NullableReal Option<f64>, "1", "probability of such a distance if the data said nothing of this parameter";
        identified: Count u64, "", "1 if p is below 5 % over the parameters of the case (Bonferroni), 0 if not: the data do not move it";
        kept: Count u64, "draws", "draws that were kept";
        draws: Count u64, "draws", "draws in all";
        effective: Real f64, "draws", "effective sample size (Kish) of all draws, weighted by exp(-distance²/2) with the sum over the fitted points";
    }
}

table! {
    /// One row a case, observable and day.
    PREDICTIVE "predictive", version = 2, PredictiveRow {
        case: Text String, "", "label of the case in the spec";
        observable: Text String, "", "see courses";
        day: Real f64, "days", "days after the start";
        lo: NullableReal Option<f64>, "1", "5 % of the draws that were kept lie below; empty if none was kept";
        median: NullableReal Option<f64>, "1", "median of the draws that were kept";
        hi: NullableReal Option<f64>, "1", "95 % of the draws that were kept lie below";
        prior_lo: Real f64, "1", "5 % of all draws lie below";
        prior_median: Real f64, "1", "median of all draws";
        prior_hi: Real f64, "1", "95 % of all draws lie below";
    }
}

table! {
    /// One row a case and published point.
    PUBLISHED "published", version = 2, PublishedRow {
        case: Text String, "", "label of the case in the spec";
        observable: Text String, "", "see courses";
        day: Real f64, "days", "days after the start";
        published: Real f64, "1", "published share";
        sigma: Real f64, "1", "how exactly it is known, standard deviation";
        fitted: Count u64, "", "1 if draws are chosen by it, 0 if it is held out";
        lo: NullableReal Option<f64>, "1", "5 % of the draws that were kept lie below";
        median: NullableReal Option<f64>, "1", "their median";
        hi: NullableReal Option<f64>, "1", "95 % of the draws that were kept lie below";
        prior_lo: NullableReal Option<f64>, "1", "5 % of all draws lie below";
        prior_median: NullableReal Option<f64>, "1", "median of all draws";
        prior_hi: NullableReal Option<f64>, "1", "95 % of all draws lie below";
        pit: NullableReal Option<f64>, "1", "what the kept draws, blurred by sigma, give to shares below the published one; near 0 or 1 it was not foretold";
        prior_pit: NullableReal Option<f64>, "1", "the same of all draws";
        gain: NullableReal Option<f64>, "nats", "log score of the kept draws less that of all draws: above 0 the fit foretells the point better than the prior does";
        gain_error: NullableReal Option<f64>, "nats", "its standard error";
        answer: Text String, "", "fitted, foretold, no better than the prior, worse than the prior, missed or too few draws";
    }
}

table! {
    /// One row a case.
    VERDICTS "verdicts" VerdictRow {
        case: Text String, "", "label of the case in the spec";
        kept: Count u64, "draws", "draws that were kept";
        draws: Count u64, "draws", "draws in all";
        effective: Real f64, "draws", "effective sample size: see posterior";
        held_out: Count u64, "points", "published points that no draw was chosen by";
        verdict: Text String, "", "foretold, no better than the prior, fails, not tested (nothing is held out) or too few draws";
    }
}
