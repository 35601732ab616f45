//! Which strategies are asked for, and whose parameters are whose.

use super::super::draw;
use crate::failure::Failure;
use hydranet_plugin::Registration;
use hydranet_takedown::{Strategies, Strategy};
use hydranet_topology::Built;

/// The strategies of `--strategy NAME,NAME` with their parameters from `--strategy-set [NAME:]KEY=VALUE`.
pub(super) fn strategies(
    known: &Strategies,
    names: &str,
    sets: &[String],
) -> Result<Vec<Built<dyn Strategy>>, Failure> {
    let mut rows: Vec<(&Registration<dyn Strategy>, Vec<String>)> = Vec::new();
    for name in names.split(',').map(str::trim) {
        if name.is_empty() && names.contains(',') {
            return Err(Failure::BadInput(format!("--strategy {names}: a name is missing between its commas")));
        }
        let row = known.get(name).map_err(Failure::bad)?;
        if rows.iter().any(|(other, _)| other.name == row.name) {
            return Err(Failure::BadInput(format!(
                "--strategy {names}: `{}` stands there twice; compare other parameters of it in a spec (`hydranet run`)",
                row.name
            )));
        }
        rows.push((row, Vec::new()));
    }
    let all: Vec<&str> = rows.iter().map(|(row, _)| row.name).collect();
    for set in sets {
        let key = set.split('=').next().unwrap_or_default();
        let wrong = |why: String| Failure::BadInput(format!("--strategy-set {set}: {why}"));
        let (place, pair) = match key.split_once(':') {
            Some((name, _)) => {
                let name = name.trim();
                let named = |row: &Registration<dyn Strategy>| row.name == name || row.aliases.contains(&name);
                let place = rows.iter().position(|(row, _)| named(row));
                let place = place.ok_or_else(|| {
                    wrong(format!("`{name}` is not among the strategies; those are {}", all.join(", ")))
                })?;
                (place, set[key.find(':').map_or(0, |colon| colon + 1)..].to_string())
            }
            // a wrong key is refused with the strategy's own
            None if rows.len() == 1 => (0, set.clone()),
            None => {
                let key = key.trim();
                let has = |(_, (row, _)): &(usize, &(&Registration<dyn Strategy>, Vec<String>))| {
                    row.params().iter().any(|param| param.name == key)
                };
                let owners: Vec<usize> = rows.iter().enumerate().filter(has).map(|(place, _)| place).collect();
                match owners[..] {
                    [place] => (place, set.clone()),
                    [] => return Err(wrong(format!("none of {} has a parameter `{key}`", all.join(", ")))),
                    [first, ..] => {
                        let owners: Vec<&str> = owners.iter().map(|&place| all[place]).collect();
                        let (owners, first) = (owners.join(", "), all[first]);
                        return Err(wrong(format!(
                            "`{key}` is a parameter of {owners}; say of which: --strategy-set {first}:{set}"
                        )));
                    }
                }
            }
        };
        rows[place].1.push(pair);
    }
    rows.iter().map(|(row, pairs)| draw::build(known, row.name, pairs)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_takedown::STRATEGIES;

    fn built(names: &str, sets: &[&str]) -> Result<Vec<String>, String> {
        let known = Strategies::default().with(STRATEGIES);
        let sets: Vec<String> = sets.iter().map(|set| set.to_string()).collect();
        match strategies(&known, names, &sets) {
            Ok(list) => Ok(list.iter().map(|built| format!("{} {}", built.name, built.params)).collect()),
            Err(Failure::BadInput(reason)) => Err(reason),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn parameters_go_to_whom_they_are_of() {
        let list = built("degree, corehd,betweenness", &["samples=7", "corehd:reinsertion=true"]).unwrap();
        assert_eq!(list.len(), 3);
        assert!(list[0].starts_with("degree ") && list[0].contains("reinsertion = false"), "{list:?}");
        assert!(list[1].contains("reinsertion = true") && list[2].contains("samples = 7"), "{list:?}");
        assert!(built("degree", &["ties=id"]).unwrap()[0].contains("ties = \"id\""));
        assert!(built("degree", &["degree:ties=id"]).unwrap()[0].contains("ties = \"id\""));
        // only what stands before the first equals sign names a strategy
        assert!(built("order-file,random", &["path=inline:a=b"]).unwrap()[0].contains("inline:a=b"));
    }

    #[test]
    fn refusals_say_what_there_is() {
        for (names, sets, words) in [
            ("degree,degre", &[][..], "did you mean `degree`"),
            ("degree,,random", &[], "a name is missing"),
            ("degree,random,degree", &[], "`degree` stands there twice"),
            (
                "degree,corehd",
                &["reinsertion=true"],
                "of degree, corehd; say of which: --strategy-set degree:reinsertion=true",
            ),
            ("degree,corehd", &["samples=3"], "none of degree, corehd has a parameter `samples`"),
            ("degree,corehd", &["random:ties=id"], "`random` is not among the strategies; those are degree, corehd"),
            ("degree", &["samples=3"], "unknown field `samples`"),
            ("degree", &["ties"], "not of the form key=value"),
        ] {
            let got = built(names, sets).unwrap_err();
            assert!(got.contains(words), "{got}");
        }
    }
}
