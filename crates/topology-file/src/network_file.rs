//! The model `file`: every trial gets the one network that a file holds.
//!
//! Formats and what is understood in them (names, roles, providers, command sources): [`hydranet_overlay::io`]. An edge
//! list says nothing about roles, so all its nodes are peers and commands may enter anywhere; for a command structure,
//! use GraphML.
//!
//! The file is read once, when the parameters are checked, so that a wrong file is refused together with the rest of the
//! spec and before anything runs. [`Topology::generate`] draws nothing: it hands out the same network, O(1), shared and
//! not copied. A relative path starts at the working directory of the program, not at the spec.
//!
//! `path = "sample:NAME"` stands for a network that is part of the program. There is one, `karate-club`: 34 nodes and
//! 78 edges, W. W. Zachary, *An information flow model for conflict and fission in small groups*, Journal of
//! Anthropological Research 33 (1977).
//!
//! Results depend on the content of the file, not on its path alone: [`Topology::fingerprint`] is a hash of the network, so
//! that finished parts of a run are not taken for those of a file that has changed since.

use crate::file_format::FileFormat;
use crate::{load, samples};
use hydranet_overlay::Overlay;
use hydranet_overlay::io::{Format, Loaded, ReadError, ReadOptions, Report, read_from};
use hydranet_topology::{Invalid, Plugin, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::path::Path;

/// Parameters of [`NetworkFile`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkFileParams {
    /// The file, also compressed (`.gz`, `.bz2`, `.xz`, `.zst`); a relative path starts at the working directory.
    /// `sample:karate-club` is a network that is part of the program.
    pub path: String,
    /// The format of the file; by its content, then by its ending, if left out.
    pub format: Option<FileFormat>,
    /// Whether links have a direction; if left out, as the file says (an edge list says no).
    pub directed: Option<bool>,
    /// Of a table: whether the first row holds titles; if left out, by the evidence.
    pub header: Option<bool>,
    /// Of a table: the two columns that hold the ends of a link, by title or by number from 1.
    pub columns: Option<[String; 2]>,
    /// Of a table: what separates columns: one sign, or tab, space, comma, semicolon, pipe.
    pub sep: Option<String>,
    /// Whether node attributes (role, source, provider, routable, layer, cost) are left unread.
    pub ignore_attributes: Option<bool>,
    /// A table of node attributes beside the file: a column that names the node, and any of `role` (operator, server, relay,
    /// peer), `source` (commands enter here), `provider`, `routable`, `layer`, `cost` (above 0).
    pub nodes: Option<String>,
}

impl NetworkFileParams {
    fn options(&self) -> Result<ReadOptions, Invalid> {
        let separator = self.sep.as_deref().map(ReadOptions::separator_of).transpose();
        Ok(ReadOptions {
            format: self.format.map(Format::from),
            directed: self.directed,
            header: self.header,
            columns: self.columns.clone(),
            separator: separator.map_err(|reason| Invalid::new("sep", reason))?,
            ignore_attributes: self.ignore_attributes.unwrap_or(false),
        })
    }
}

/// The network that a file holds. See the [module](self).
#[derive(Debug, Clone)]
pub struct NetworkFile {
    overlay: Overlay,
    report: Report,
}

impl NetworkFile {
    /// What was found in the file, and what was left out.
    pub fn report(&self) -> &Report {
        &self.report
    }
}

impl Plugin for NetworkFile {
    type Params = NetworkFileParams;
    const NAME: &'static str = "file";
    const ABOUT: &'static str =
        "a measured network, read from a file: edge list, CSV, GraphML, GML, Pajek, DOT, JSON and more";
    const EXAMPLE: &'static str = "path = \"sample:karate-club\"";

    fn new(p: NetworkFileParams) -> Result<NetworkFile, Invalid> {
        Invalid::unless(!p.path.is_empty(), "path", || "is empty; name a network file".into())?;
        let options = p.options()?;
        let read = match p.path.strip_prefix("sample:") {
            Some(name) => {
                let content = samples::find(name).ok_or_else(|| Invalid::new("path", no_such_sample(name)))?;
                read_from(content.as_bytes(), format!("{}.txt", p.path), &options)
            }
            None => load(Path::new(&p.path), &options, p.nodes.as_deref().map(Path::new)),
        };
        let Loaded { overlay, report } = read.map_err(|e| Invalid::new("path", explain(&e)))?;
        Invalid::unless(overlay.nodes() > 0, "path", || format!("{}: there is no node in this file", p.path))?;
        Ok(NetworkFile { overlay, report })
    }
}

impl Topology for NetworkFile {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        self.overlay.clone()
    }

    fn fingerprint(&self) -> String {
        let o = &self.overlay;
        let mut hash = Fnv::default();
        o.out().offsets().iter().for_each(|&x| hash.add(x));
        o.out().targets().iter().for_each(|&x| hash.add(x.into()));
        (0..o.nodes()).for_each(|v| hash.add(o.role(v) as u64));
        o.provider().into_iter().flatten().for_each(|&x| hash.add(x.into()));
        o.routable().into_iter().flatten().for_each(|&x| hash.add(x.into()));
        o.layer().into_iter().flatten().for_each(|&x| hash.add(x.into()));
        o.cost().into_iter().flatten().for_each(|&x| hash.add(x.to_bits()));
        if let hydranet_overlay::Sources::Nodes(list) = o.sources() {
            list.iter().for_each(|&x| hash.add(x.into()));
        }
        // names decide what an order file means
        (0..o.nodes()).for_each(|v| o.names().get(v).bytes().for_each(|b| hash.add(b.into())));
        format!("{:016x}", hash.0)
    }
}

/// FNV-1a over words: tells changed files apart; no protection against malice.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x0000_0100_0000_01b3);
    }
}

fn no_such_sample(name: &str) -> String {
    let known: Vec<&str> = samples::SAMPLES.iter().map(|(known, _)| *known).collect();
    format!("no sample network `{name}`; there is {}", known.join(", "))
}

/// The reader's own message with its causes, and where a relative path was looked for.
fn explain(error: &ReadError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        text += &format!(": {source}");
        cause = source.source();
    }
    if let ReadError::NotFound { path } = error
        && path.is_relative()
    {
        text += &format!("; a relative path starts at the working directory{}", working_directory(path));
    }
    text
}

fn working_directory(path: &Path) -> String {
    std::path::absolute(path).map_or(String::new(), |full| format!(", so this is {}", full.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_overlay::{Role, Sources};
    use hydranet_topology::{Purpose, Trial, trial_rng};
    use std::path::PathBuf;

    fn params(path: impl Into<PathBuf>) -> NetworkFileParams {
        NetworkFileParams { path: path.into().into_os_string().into_string().unwrap(), ..Default::default() }
    }

    fn write(name: &str, content: &str) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        (dir, path)
    }

    fn load(params: NetworkFileParams) -> Overlay {
        let file = NetworkFile::new(params).unwrap_or_else(|e| panic!("{e}"));
        file.generate(&mut trial_rng(42, Trial::network(0), Purpose::Topology))
    }

    fn refused(params: NetworkFileParams, says: &[&str]) {
        let invalid = NetworkFile::new(params).expect_err("refused");
        assert!(invalid.param == "path" && says.iter().all(|s| invalid.reason.contains(s)), "{invalid}");
    }

    #[test]
    fn the_karate_club_is_the_published_one() {
        let club = load(params("sample:karate-club"));
        assert_eq!((club.nodes(), club.edges(), club.is_symmetric(), club.peers()), (34, 78, true, 34));
        assert_eq!((club.names().get(0), club.names().get(33)), ("1".into(), "34".into()));
        // Zachary's instructor and officer; 45 triangles; all connected
        assert_eq!((club.out().degree(0), club.out().degree(33)), (16, 17));
        let (csr, mut triangles) = (club.out(), 0);
        for [u, v] in csr.iter_arcs().filter(|[u, v]| u < v) {
            triangles += csr.row(v).iter().filter(|w| **w > v && csr.has_arc(u, **w)).count();
        }
        assert_eq!(triangles, 45);
    }

    #[test]
    fn every_draw_shares_one_network() {
        let file = NetworkFile::new(params("sample:karate-club")).unwrap();
        let draw = |trial| file.generate(&mut trial_rng(42, Trial::network(trial), Purpose::Topology));
        assert!(std::ptr::eq(draw(0).out().targets(), draw(1).out().targets()));
        assert_eq!((file.report().nodes, file.report().edges, file.report().listed), (34, 78, 78));
    }

    #[test]
    fn direction_and_format_can_be_said() {
        let (_dir, path) = write("net.dat", "1 2\n2 1\n2 3\n");
        assert_eq!(load(params(&path)).edges(), 2);
        let directed = load(NetworkFileParams { directed: Some(true), ..params(&path) });
        assert_eq!((directed.edges(), directed.is_symmetric()), (3, false));
        refused(NetworkFileParams { format: Some(FileFormat::Graphml), ..params(&path) }, &["net.dat"]);
    }

    #[test]
    fn roles_and_sources_come_from_the_file() {
        let (_dir, path) = write("net.graphml", GRAPHML);
        let network = load(params(path));
        assert_eq!(network.roles().unwrap(), [Role::Server, Role::Peer]);
        assert_eq!(network.sources(), &Sources::Nodes(vec![0]));
        assert_eq!(network.provider().unwrap(), [7, 9]);
    }
    const GRAPHML: &str = r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
        <key id="r" for="node" attr.name="role" attr.type="string"/>
        <key id="p" for="node" attr.name="provider" attr.type="int"/>
        <graph edgedefault="undirected">
            <node id="a"><data key="r">server</data><data key="p">7</data></node>
            <node id="b"><data key="p">9</data></node>
            <edge source="a" target="b"/>
        </graph></graphml>"#;

    #[test]
    fn wrong_files_are_refused_with_the_readers_message() {
        refused(params(""), &["is empty"]);
        refused(params("sample:karate"), &["no sample network `karate`", "karate-club"]);
        let full = std::env::current_dir().unwrap().join("no-such-file.txt").display().to_string();
        refused(params("no-such-file.txt"), &["there is no such file", "starts at the working directory", &full]);
        let (dir, path) = write("net.txt", "1 2\n3\n");
        refused(params(&path), &["net.txt:2:"]);
        refused(params(dir.path()), &["directory"]);
        refused(params(dir.path().join("other.txt")), &["there is no such file"]);
        let (_dir, path) = write("net.txt", "# nothing here\n");
        refused(params(&path), &["net.txt"]);
    }
}
