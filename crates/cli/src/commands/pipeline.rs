//! `solieu pipeline`: pages to dataset.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{Reading, Writing, examples, exit_of};
use crate::console::Console;
use crate::exit::Exit;
use crate::records::Records;
use crate::run::Run;
use crate::stages::{self, Reader, Staging};
use crate::summary::Story;

const EXAMPLES: &[(&str, &str)] = &[
    ("A folder of pages into a dataset", "solieu pipeline data/samples --out out"),
    ("A page from standard input", "solieu pipeline - --kind html --out page < data/samples/ha-noi-cong-thuong-2020.html"),
    ("Further pages into a dataset that is there", "solieu pipeline data/samples --extend page --out out"),
    ("For a spreadsheet", "solieu pipeline data/samples --excel --out sheets"),
];

/// Reads pages into a dataset: Parquet and CSV tables, `datapackage.json`, `run.json`.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Pipeline {
    /// Which pages.
    #[command(flatten)]
    reading: Reading,
    /// A dataset to start from: its articles stay, those that come again are replaced.
    #[arg(long, value_name = "DIR")]
    extend: Option<PathBuf>,
    /// Where to and how.
    #[command(flatten)]
    writing: Writing,
}

impl Pipeline {
    /// Runs it.
    pub fn run(self, console: &Console) -> Result<Exit> {
        let run = Run::start();
        let known = self.reading.tables.load()?;
        let reader = Reader::new(&known);
        let inputs = self.reading.inputs()?;
        let staging = Staging::beside(&self.writing.out)?;

        let mut records = Records::new(&reader, inputs, console);
        let dataset = stages::transform(&mut records, &staging, self.extend, &known)?;
        let tally = records.into_tally();
        let exit = exit_of(&tally);
        let mut story = Story { tally: Some(&tally), ..Story::default() };
        if exit == Exit::NothingRead {
            story.tell(&run, console, exit);
            return Ok(exit);
        }

        let writing = console.stage("writing");
        let failed = dataset.failed_checks()?;
        stages::export(&dataset, &self.writing, run.provenance(Some(&tally)), &known)?;
        drop(writing);
        story.dataset = Some((&dataset.summary, &failed));
        story.written = Some(&self.writing.out);
        story.tell(&run, console, exit);
        Ok(exit)
    }
}
