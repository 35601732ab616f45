//! `hydranet man`.

use crate::args::Args;
use crate::cluster::submission::save;
use crate::failure::Failure;
use crate::output;
use clap::CommandFactory;
use std::path::Path;

/// Writes a page a command: `hydranet.1`, `hydranet-run.1`, `hydranet-submit-slurm.1`, …
pub(crate) fn man(dir: &Path) -> Result<(), Failure> {
    let mut program = Args::command();
    program.build();
    let mut pages = Vec::new();
    page(&program, program.get_name(), dir, &mut pages)?;
    output::print(&format!("{} pages in {}\n", pages.len(), dir.display()))
}

fn page(command: &clap::Command, name: &str, dir: &Path, pages: &mut Vec<String>) -> Result<(), Failure> {
    let shown: &'static str = Box::leak(name.to_string().into_boxed_str());
    let man = clap_mangen::Man::new(command.clone().name(shown));
    let mut text = Vec::new();
    man.render(&mut text).map_err(|e| Failure::failed_error(&e))?;
    save(&dir.join(format!("{name}.1")), &text)?;
    pages.push(name.to_string());
    let below = command.get_subcommands().filter(|c| c.get_name() != "help" && !c.is_hide_set());
    below.into_iter().try_for_each(|c| page(c, &format!("{name}-{}", c.get_name()), dir, pages))
}
