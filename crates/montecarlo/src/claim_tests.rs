use super::*;

static INFOS: [MetricInfo; 2] = [info("r", Summing::Mean, Some(0.0)), info("days", Summing::Wait, None)];

const fn info(name: &'static str, summing: Summing, no_effect: Option<f64>) -> MetricInfo {
    MetricInfo {
        name,
        heading: "R",
        unit: "1",
        digits: 3,
        meaning: "a number",
        missing: "–",
        summing,
        no_effect,
        compared: true,
        precise: false,
        of_most: false,
    }
}

fn known<T>(then: impl FnOnce(&Sayable<'_>) -> T) -> T {
    let metrics: Vec<_> = INFOS.iter().collect();
    then(&Sayable { topologies: &["a", "b"], treatments: &["x", "y", "z"], metrics: &metrics })
}

fn claim(keys: &str) -> Claim {
    let metric = if keys.contains("metric") { "" } else { "metric = \"r\"\n" };
    let text = format!("says = \"it holds\"\n{metric}{keys}");
    toml::from_str(&text).unwrap_or_else(|e| panic!("{keys}: {e}"))
}

#[test]
fn what_is_no_sentence_is_refused() {
    let check = |keys: &str, says: &str| {
        let found = known(|known| claim(keys).check(known));
        match says {
            "" => assert_eq!(found, Ok(()), "{keys}"),
            _ => assert!(found.clone().is_err_and(|(_, why)| why.contains(says)), "{keys}: {found:?}"),
        }
    };
    let x = |rest: &str| format!("treatment = \"x\"\n{rest}");
    check(&x("at_least = 0.1"), "");
    check(&x("at_least = 0.1\nat_most = 0.2"), "give the one");
    check(&x(""), "");
    check("at_least = 0.1", "no `treatment`");
    check("treatment = \"w\"", "no treatment `w` here; there are x, y, z");
    check(&x("topology = \"c\""), "no topology `c` here; there are a, b");
    check(&x("topology = \"a\"\ntopologies = [\"b\"]"), "together");
    check(&x("versus = { treatment = \"y\" }\nexpects = \"more\""), "");
    check(&x("versus = { treatment = \"y\" }\nat_least = 0.1\nratio = true"), "");
    check(&x("versus = { treatment = \"y\" }"), "goes with one of");
    check(&x("versus = { treatment = \"y\" }\nexpects = \"less\"\nat_most = 0.0"), "goes with one of");
    check(&x("versus = {}\nexpects = \"more\""), "says nothing");
    check(&x("versus = { treatment = \"w\" }\nexpects = \"more\""), "no treatment `w`");
    check(&x("versus = { topology = \"b\" }\nexpects = \"same\""), "margin");
    check(&x("versus = { topology = \"b\" }\nexpects = \"same\"\nmargin = 0.01"), "");
    check(&x("versus = { topology = \"b\" }\nexpects = \"more\"\nmargin = 0.01"), "margin");
    check(&x("versus = { topology = \"b\" }\nexpects = \"same\"\nmargin = 0.0"), "more than 0");
    check(&x("expects = \"more\""), "goes with `versus`");
    check(&x("ratio = true\nat_least = 2.0"), "goes with `versus`");
    check("rising = [\"x\", \"y\"]", "");
    check("falling = [\"x\", \"y\", \"z\"]\ntrend = true", "");
    check("rising = [\"x\"]", "two labels or more");
    check("rising = [\"x\", \"b\"]", "labels of treatments, or of topologies");
    check("rising = [\"a\", \"b\"]", "of which `treatment`");
    check(&x("rising = [\"a\", \"b\"]"), "");
    check(&x("trend = true\nat_least = 0.0"), "goes with `rising`");
    check("rising = [\"x\", \"y\"]\nat_least = 0.0", "no threshold");
    check(&x("metric = \"days\"\nversus = { treatment = \"y\" }\nexpects = \"less\""), "waits have no differences");
    check(&x("metric = \"days\"\nat_least = 3.0"), "");
    check(&x("metric = \"deys\""), "no metric `deys` here; there are r, days");
}

fn questions(keys: &str) -> Vec<(String, Question)> {
    let labels = |list: &[&str]| list.iter().map(|l| (*l).to_string()).collect::<Vec<_>>();
    claim(keys).questions(&labels(&["a", "b"]), &labels(&["x", "y", "z"]), Some(&INFOS[0]))
}

#[test]
fn a_sentence_is_asked_of_every_topology_that_it_does_not_name() {
    let cells = |keys: &str| -> Vec<Vec<String>> {
        let cell = |[topology, treatment]: &[String; 2]| format!("{topology}{treatment}");
        questions(keys).iter().map(|(_, q)| q.cells.iter().map(cell).collect()).collect()
    };
    assert_eq!(cells("treatment = \"x\"\nat_least = 0.1"), [["ax"], ["bx"]]);
    assert_eq!(cells("treatment = \"x\"\ntopology = \"b\"\nat_least = 0.1"), [["bx"]]);
    let versus = "treatment = \"x\"\nexpects = \"more\"\nversus = ";
    assert_eq!(cells(&format!("{versus}{{ treatment = \"y\" }}")), [["ax", "ay"], ["bx", "by"]]);
    assert_eq!(cells(&format!("{versus}{{ topology = \"a\" }}")), [["bx", "ax"]], "nothing is more than itself");
    assert_eq!(cells("rising = [\"x\", \"z\"]"), [["ax", "az"], ["bx", "bz"]]);
    assert_eq!(cells("treatment = \"y\"\nfalling = [\"b\", \"a\"]"), [["by", "ay"]]);
}

#[test]
fn needs() {
    let check = |keys: &str, least, most, apart| {
        let needs = questions(&format!("treatment = \"x\"\n{keys}"))[0].1.needs;
        assert_eq!((needs.least, needs.most, needs.apart), (least, most, apart), "{keys}");
    };
    let versus = "versus = { treatment = \"y\" }\n";
    check("at_least = 0.1", Some(0.1), None, None);
    check("", None, None, Some(0.0));
    check(&format!("{versus}expects = \"less\""), None, Some(0.0), None);
    check(&format!("{versus}expects = \"more\"\nratio = true"), Some(1.0), None, None);
    check(&format!("{versus}expects = \"same\"\nmargin = 0.25\nratio = true"), Some(0.75), Some(1.25), None);
    check(&format!("{versus}at_most = -0.1"), None, Some(-0.1), None);
}
