//! What column titles say: which two columns are the ends of a link.
//!
//! A title is taken apart into words (`src_ip`, `SourceNodeId`, `node_1`). Two titles make a pair if each has one of two
//! opposite words (`source` and `target`, `1` and `2`) and they agree in the rest. Titles of what a link has beside its
//! ends (`weight`, `timestamp`), and of row numbers, are known too: such a column is not an end.

/// Opposite words, and how much they prove: with `weak` ones the rest of the title must not be empty.
struct Opposites {
    from: &'static [&'static str],
    to: &'static [&'static str],
    weak: bool,
}

const fn strong(from: &'static [&'static str], to: &'static [&'static str]) -> Opposites {
    Opposites { from, to, weak: false }
}

const fn weak(from: &'static [&'static str], to: &'static [&'static str]) -> Opposites {
    Opposites { from, to, weak: true }
}

const OPPOSITES: &[Opposites] = &[
    strong(
        &["source", "src", "from", "origin", "orig", "sender", "caller", "begin", "start", "initiator"],
        &[
            "target",
            "tgt",
            "trg",
            "dst",
            "dest",
            "destination",
            "to",
            "receiver",
            "recipient",
            "callee",
            "end",
            "responder",
            "stop",
        ],
    ),
    strong(&["follower", "user", "following"], &["followee", "followed", "friend", "followed", "following", "item"]),
    strong(&["parent", "ancestor"], &["child", "descendant"]),
    strong(&["citing", "citer"], &["cited", "citee"]),
    strong(
        &["peer", "node", "router", "host", "as", "ego", "self", "local"],
        &["neighbor", "neighbour", "alter", "remote", "peer", "contact", "nbr"],
    ),
    strong(&["head"], &["tail"]),
    strong(&["tail"], &["head"]),
    strong(&["subject"], &["object"]),
    strong(&["buyer", "customer", "client"], &["seller", "provider", "server"]),
    strong(&["provider", "server"], &["customer", "client"]),
    strong(&["left"], &["right"]),
    strong(&["first"], &["second"]),
    strong(&["upstream"], &["downstream"]),
    weak(&["1", "one"], &["2", "two"]),
    weak(&["0"], &["1"]),
    weak(&["a"], &["b"]),
    weak(&["u"], &["v"]),
    weak(&["i"], &["j"]),
    weak(&["x"], &["y"]),
    weak(&["p"], &["q"]),
    weak(&["s"], &["t"]),
    weak(&["in"], &["out"]),
    weak(&["out"], &["in"]),
];

/// Words of titles that say what kind of thing an end is, and nothing about which.
const KINDS: &[&str] = &[
    "id",
    "ids",
    "node",
    "nodes",
    "vertex",
    "vertices",
    "name",
    "label",
    "ip",
    "addr",
    "address",
    "host",
    "hostname",
    "user",
    "person",
    "as",
    "asn",
    "number",
    "no",
    "num",
    "key",
    "uid",
    "uuid",
    "code",
    "router",
    "peer",
    "station",
    "city",
    "country",
    "airport",
    "gene",
    "protein",
    "author",
    "account",
    "url",
    "domain",
    "page",
    "index",
    "idx",
    "interface",
    "device",
    "machine",
    "server",
    "bot",
    "entity",
    "actor",
    "paper",
    "member",
    "agent",
    "player",
];

/// Titles of columns that are no end of a link: of its row, its weight, its time, its kind.
const BESIDE: &[&str] = &[
    "id",
    "index",
    "idx",
    "no",
    "nr",
    "num",
    "row",
    "rowid",
    "rownumber",
    "key",
    "n",
    "edge",
    "edgeid",
    "edgeno",
    "linkid",
    "link",
    "eid",
    "uid",
    "weight",
    "weights",
    "w",
    "wt",
    "strength",
    "value",
    "values",
    "val",
    "count",
    "counts",
    "freq",
    "frequency",
    "rating",
    "score",
    "combinedscore",
    "cost",
    "distance",
    "dist",
    "length",
    "len",
    "capacity",
    "latency",
    "rtt",
    "delay",
    "bandwidth",
    "time",
    "timestamp",
    "ts",
    "t",
    "date",
    "datetime",
    "day",
    "month",
    "year",
    "hour",
    "since",
    "until",
    "when",
    "start",
    "end",
    "starttime",
    "endtime",
    "firstseen",
    "lastseen",
    "type",
    "types",
    "kind",
    "label",
    "labels",
    "relation",
    "relationship",
    "rel",
    "sign",
    "color",
    "colour",
    "comment",
    "note",
    "bytes",
    "packets",
    "size",
    "port",
    "protocol",
    "proto",
    "directed",
    "probability",
    "prob",
    "confidence",
    "amount",
    "interval",
    "duration",
];

/// The words of a title, lower case: at signs, at capitals, before final digits.
fn words(title: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    let mut chars = title.chars().peekable();
    while let Some(c) = chars.next() {
        let next_is_lower = chars.peek().is_some_and(|n| n.is_lowercase());
        let starts = c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && next_is_lower)
            || c.is_ascii_digit() && before.is_alphabetic()
            || c.is_alphabetic() && before.is_ascii_digit();
        if (!c.is_alphanumeric() || starts) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    if !word.is_empty() {
        words.push(word);
    }
    // `sourceid`, `fromnodeid`: no sign between the words
    words.into_iter().flat_map(|w| apart(&w)).collect()
}

/// A word that ends with a kind, in two or more.
fn apart(word: &str) -> Vec<String> {
    let known = |w: &str| OPPOSITES.iter().any(|o| !o.weak && (o.from.contains(&w) || o.to.contains(&w)));
    if known(word) || KINDS.contains(&word) {
        return vec![word.to_owned()];
    }
    for kind in KINDS.iter().filter(|k| k.len() > 1) {
        if let Some(rest) = word.strip_suffix(kind).filter(|r| !r.is_empty()) {
            let mut parts = apart(rest);
            if parts.iter().any(|p| known(p)) {
                parts.push((*kind).to_owned());
                return parts;
            }
        }
    }
    vec![word.to_owned()]
}

/// The two columns whose titles are opposites, and whether that is beyond doubt.
pub(super) fn pair(titles: &[String]) -> Option<([usize; 2], bool)> {
    let words: Vec<Vec<String>> = titles.iter().map(|t| words(t)).collect();
    let mut best: Option<(u32, [usize; 2], bool)> = None;
    for (rank, opposites) in OPPOSITES.iter().enumerate() {
        for (i, a) in words.iter().enumerate() {
            let Some(rest_a) = without(a, opposites.from) else { continue };
            for (j, b) in words.iter().enumerate().filter(|(j, _)| *j != i) {
                let Some(rest_b) = without(b, opposites.to) else { continue };
                let kinds = |rest: &[&String]| rest.iter().all(|w| KINDS.contains(&w.as_str()));
                if rest_a != rest_b && !(kinds(&rest_a) && kinds(&rest_b)) {
                    continue;
                }
                let sure = !opposites.weak || !rest_a.is_empty() && rest_a == rest_b;
                let id = rest_a.is_empty() || rest_a.iter().any(|w| w.as_str() == "id");
                // sure before unsure, identifiers before names, the order of the list, the first columns
                let score = u32::from(!sure) << 20
                    | u32::from(!id) << 19
                    | (rank as u32) << 12
                    | u32::from(rest_a != rest_b) << 11
                    | (i + j).min(2000) as u32;
                if best.is_none_or(|(s, ..)| score < s) {
                    best = Some((score, [i, j], sure));
                }
            }
        }
    }
    best.map(|(_, ends, sure)| (ends, sure))
}

/// The words beside the first that is one of these.
fn without<'w>(words: &'w [String], these: &[&str]) -> Option<Vec<&'w String>> {
    let place = words.iter().position(|w| these.contains(&w.as_str()))?;
    Some(words.iter().enumerate().filter(|(i, _)| *i != place).map(|(_, w)| w).collect())
}

/// Whether this titles something beside the ends. An empty title is that of row names.
pub(super) fn is_beside(title: &str) -> bool {
    let plain: String = title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    plain.is_empty() || BESIDE.contains(&plain.as_str()) || plain.starts_with("unnamed")
}

/// Whether any word of this title is known.
pub(super) fn is_known(title: &str) -> bool {
    let is_opposite = |w: &str| OPPOSITES.iter().any(|o| !o.weak && (o.from.contains(&w) || o.to.contains(&w)));
    is_beside(title) || words(title).iter().any(|w| is_opposite(w) || KINDS.contains(&w.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(titles: &str, want: Option<([usize; 2], bool)>) {
        let list: Vec<String> = titles.split(',').map(str::to_owned).collect();
        assert_eq!(pair(&list), want, "{titles}");
    }

    #[test]
    fn ends_are_opposites() {
        for (titles, ends) in [
            ("source,target", [0, 1]),
            ("id,Source,Target,Weight", [1, 2]),
            ("src_ip,dst_ip,bytes", [0, 1]),
            ("SRC_IP,SRC_PORT,DST_IP,DST_PORT", [0, 2]),
            ("timestamp,from,to", [1, 2]),
            ("FromNodeId,ToNodeId", [0, 1]),
            ("fromnodeid,tonodeid", [0, 1]),
            ("sourceid,targetid", [0, 1]),
            ("target,source", [1, 0]),
            ("node_1,node_2", [0, 1]),
            ("weight,NodeA,NodeB", [1, 2]),
            ("id1,id2", [0, 1]),
            ("peer_id,neighbor_id", [0, 1]),
            ("source_name,source_id,target_name,target_id", [1, 3]),
            ("follower,followee", [0, 1]),
            ("Citing Paper,Cited Paper", [0, 1]),
            ("user_id,friend_id", [0, 1]),
        ] {
            check(titles, Some((ends, true)));
        }
        check("u,v", Some(([0, 1], false)));
        check("a,b", Some(([0, 1], false)));
        check("ann,bob", None);
        check("North Gate,South Quay", None);
        check("source", None);
        assert!(is_beside("") && is_beside("Unnamed: 0") && is_beside("time_stamp") && !is_beside("who"));
    }
}
