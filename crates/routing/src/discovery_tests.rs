use super::*;
use hydranet_overlay::Csr;
use hydranet_topology::{Models, Params, Purpose, Trial, trial_rng};

fn network(model: &str, params: &str, trial: u32) -> Overlay {
    let models = Models::default().with(hydranet_topology_unstructured::MODELS);
    let built = models.get(model).unwrap().build(&Params::parse(params).unwrap()).unwrap();
    built.value.generate(&mut trial_rng(5, Trial::network(trial), Purpose::Topology))
}

fn rng(trial: u32) -> TrialRng {
    trial_rng(5, Trial::network(trial), Purpose::Crawl)
}

#[test]
fn a_crawl_without_limits_finds_what_is_reachable_and_asks_everybody_once() {
    let network = network("random-peer-list", "n = 3000\nk = 10", 0);
    let mut crawler = Crawler::start(&network, &Crawl::with_requests(9.0), rng(0));
    crawler.run_to(u64::MAX);
    let alive = vec![true; 3000];
    let seeds = &crawler.found()[..10].to_vec();
    let reached = crate::broadcast::flood(network.out(), &alive, seeds, u32::MAX).reached();
    assert_eq!((crawler.found().len() as u32, crawler.requests()), (reached, reached as u64));
    assert!(crawler.is_over() && crawler.seen().len() as u64 == 10 * reached as u64);
    assert!(crawler.seen().iter().all(|&[u, v]| network.out().has_arc(u, v)));
}

#[test]
fn silent_and_refusing_peers_cost_a_request_and_say_nothing() {
    // 0 knows 1 and 2; 1 cannot be dialled, 2 knows 3
    let csr = Csr::from_arcs(4, &[[0, 1], [0, 2], [1, 3], [2, 3]]).0;
    let network = Overlay::directed(csr).with_routable(vec![true, false, true, true]);
    let plan = Crawl { seeds: 1, ..Crawl::with_requests(9.0) };
    for trial in 0..40 {
        let mut crawler = Crawler::start(&network, &plan, rng(trial));
        if crawler.found() != [0] {
            continue;
        }
        for (budget, found) in [(0, &[0][..]), (1, &[0, 1, 2]), (2, &[0, 1, 2]), (3, &[0, 1, 2, 3]), (9, &[0, 1, 2, 3])]
        {
            crawler.run_to(budget);
            assert_eq!(crawler.found(), found, "after {budget} requests");
        }
        assert_eq!((crawler.requests(), crawler.seen()), (4, &[[0, 1], [0, 2], [2, 3]][..]));
    }
    let nobody = Crawl { refusing: 1.0, ..plan };
    let mut crawler = Crawler::start(&network, &nobody, rng(0));
    crawler.run_to(100);
    assert_eq!((crawler.found().len(), crawler.requests()), (1, 1));
}

#[test]
fn stopping_and_going_on_is_the_same_crawl() {
    let network = network("peer-list", "n = 2000\nroutable_share = 0.5", 1);
    let plan = Crawl { reply: Some(7), refusing: 0.2, ..Crawl::with_requests(3.0) };
    let mut whole = Crawler::start(&network, &plan, rng(1));
    whole.run_to(5000);
    let mut pieces = Crawler::start(&network, &plan, rng(1));
    [3, 100, 101, 4000, 5000].iter().for_each(|&budget| pieces.run_to(budget));
    assert_eq!((whole.found(), whole.seen()), (pieces.found(), pieces.seen()));
    // only whom others list can be found by asking
    let routable = network.routable().unwrap();
    assert!(whole.found().iter().all(|&v| routable[v as usize]));
}

#[test]
fn sensors_hear_whom_nobody_can_dial() {
    let network = network("random-peer-list", "n = 20000\nk = 9\nroutable_share = 0.3", 2);
    // one sensor on a fifth of the lists: each of 20 calls goes to it with chance 1/10
    let plan = Crawl { sensors: 1, sensor_share: 0.2, sensor_calls: 20, ..Crawl::with_requests(0.0) };
    let crawler = Crawler::start(&network, &plan, rng(2));
    let want = 20_000.0 * 0.2 * (1.0 - 0.9f64.powi(20));
    assert!((crawler.by_sensors() as f64 - want).abs() < 5.0 * want.sqrt(), "{} for {want}", crawler.by_sensors());
    let routable = network.routable().unwrap();
    let silent = crawler.found().iter().filter(|&&v| !routable[v as usize]).count() as f64;
    assert!((silent / crawler.found().len() as f64 - 0.7).abs() < 0.05);
}

#[test]
fn crawls_favour_the_well_known_and_so_underestimate() {
    // lists kept by exchange have broad in-degrees
    let network = network("peer-list", "n = 4000\nentries = 20\nreply = 5\nstart = 4", 3);
    let plan = Crawl { reply: Some(4), ..Crawl::with_requests(0.05) };
    let (mut low, mut bias, mut covered) = (0, 0.0, 0);
    for trial in 0..10 {
        let mut pair = [2 * trial, 2 * trial + 1].map(|t| Crawler::start(&network, &plan, rng(t)));
        pair.iter_mut().for_each(|c| c.run_to(plan.budget(4000)));
        bias += pair[0].bias() / 10.0;
        let population = Population::of(&pair[0], &pair[1]);
        low += (population.estimate() < 4000.0) as u32;
        covered += population.covers(4000) as u32;
    }
    assert!(bias > 1.15 && low >= 9, "bias {bias}, {low} of 10 estimates are low");
    // 95 in 100 would be 8 or more of 10, but for one time in a hundred
    assert!(covered <= 7, "{covered} of 10 intervals cover, though they know nothing of the bias");
}

#[test]
fn uniform_samples_give_the_population() {
    let (n, draws) = (1000u32, 400);
    let (mut sum, mut squares, mut errors, mut covered) = (0.0, 0.0, 0.0, 0);
    let mut rng = rng(4);
    for _ in 0..draws {
        let order = rng.permutation(n);
        let mut first = vec![false; n as usize];
        order[..500].iter().for_each(|&v| first[v as usize] = true);
        let second = &rng.permutation(n)[..550];
        let both = second.iter().filter(|&&v| first[v as usize]).count() as u64;
        let p = Population { first: 500, second: 550, both };
        sum += p.estimate();
        squares += (p.estimate() - n as f64).powi(2);
        errors += p.standard_error().powi(2);
        covered += p.covers(n.into()) as u32;
    }
    let (mean, sd) = (sum / draws as f64, (squares / draws as f64).sqrt());
    assert!((mean - n as f64).abs() < 5.0 * sd / (draws as f64).sqrt(), "mean {mean}");
    let told = (errors / draws as f64).sqrt();
    assert!((told / sd - 1.0).abs() < 0.2, "its own error is {told}, the true one {sd}");
    // of 400, 95 % ± three and a half standard deviations
    assert!((365..=395).contains(&covered), "{covered} of {draws} intervals cover");
}

#[test]
fn refusals() {
    let good = Crawl::with_requests(1.0);
    assert!(good.check().is_ok());
    for (bad, param) in [
        (Crawl { requests: -1.0, ..good.clone() }, "requests"),
        (Crawl { requests: f64::NAN, ..good.clone() }, "requests"),
        (Crawl { reply: Some(0), ..good.clone() }, "reply"),
        (Crawl { seeds: 0, ..good.clone() }, "seeds"),
        (Crawl { refusing: 1.5, ..good.clone() }, "refusing"),
        (Crawl { sensor_share: -0.1, ..good }, "sensor_share"),
    ] {
        assert_eq!(bad.check().unwrap_err().param, param);
    }
}
