//! `solieu config`: the settings in force.

use std::path::Path;

use anyhow::Result;
use clap::Args;

use super::examples;
use crate::exit::Exit;
use crate::output::Output;
use crate::settings::Settings;

const EXAMPLES: &[(&str, &str)] =
    &[("What is in force here", "solieu config"), ("What a variable changes", "SOLIEU_FETCH_MIN_GAP=10s solieu config")];

/// Prints every setting with its value and where that comes from: default, file, variable or option.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Config {
    /// Where settings come from.
    #[command(flatten)]
    settings: Settings,
}

impl Config {
    /// Runs it.
    pub fn run(self) -> Result<Exit> {
        let config = self.settings.load()?;
        let mut output = Output::create(Path::new("-"))?;
        for (key, setting) in config.settings() {
            output.line(format!("{:<40} # {}", format!("{key} = {}", setting.value), setting.origin).as_bytes())?;
        }
        output.finish()?;
        Ok(Exit::Done)
    }
}
