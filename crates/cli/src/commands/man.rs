//! `solieu man`: the manual, made from the same text as the help.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::examples;
use crate::app::App;
use crate::error::CliError;
use crate::exit::Exit;

const EXAMPLES: &[(&str, &str)] =
    &[("Pages of all commands into a folder of the manual", "solieu man --out man1"), ("The page of the program", "solieu man > solieu.1")];

/// Prints the manual page, or writes those of all commands.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Man {
    /// Write a page for every command into this folder.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Man {
    /// Runs it.
    pub fn run(self) -> Result<Exit> {
        let app = App::whole();
        if let Some(folder) = self.out {
            fs::create_dir_all(&folder).and_then(|()| clap_mangen::generate_to(app, &folder)).map_err(CliError::output(&folder))?;
        } else {
            let mut page = Vec::new();
            clap_mangen::Man::new(app).render(&mut page)?;
            io::stdout().write_all(&page)?;
        }
        Ok(Exit::Done)
    }
}
