//! Settings of fetching, as every command takes them: a file, the environment, options.

use std::path::{Path, PathBuf};

use clap::Args;
use fetcher::config::Config;
use fetcher::{FetchError, Publisher, Store};
use knowledge::Knowledge;

/// The file that is taken where none is named.
const FILE: &str = "solieu.toml";

/// Where settings come from.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Settings")]
pub struct Settings {
    /// The file of settings; `solieu.toml` here if there is one.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of archive and state.
    #[arg(long, value_name = "DIR")]
    store: Option<String>,
    /// Whom a site's owner can write to; part of the user agent.
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    /// Any other setting: `--set fetch.min_gap=10s`.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

impl Settings {
    /// Puts the layers together.
    pub fn load(&self) -> Result<Config, FetchError> {
        let mut options: Vec<(&str, String)> = Vec::new();
        for pair in &self.set {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            options.push((key, value.to_owned()));
        }
        options.extend(self.store.iter().map(|store| ("store.folder", store.clone())));
        options.extend(self.contact.iter().map(|contact| ("fetch.contact", contact.clone())));
        let here = Path::new(FILE);
        let file = self.config.as_deref().or_else(|| here.exists().then_some(here));
        Config::load(file, std::env::vars(), &options)
    }
}

/// Opens the store, and says what a crash had left.
pub fn open_store(config: &Config) -> Result<Store, FetchError> {
    let store = Store::open(&config.store(), config.text("fetch.contact"), config.file_size()?)?;
    for repair in &store.repairs {
        tracing::warn!("the last run was cut off: {repair}");
    }
    Ok(store)
}

/// The publishers to fetch: all profiles that name a source, or those that were chosen.
pub fn publishers(config: &Config, known: &Knowledge, chosen: &[String]) -> Result<Vec<Publisher>, FetchError> {
    let publishers = config.publishers(known.publishers.sites.iter().map(Publisher::from).collect())?;
    if let Some(unknown) = chosen.iter().find(|id| publishers.iter().all(|publisher| publisher.id != **id)) {
        let why = format!("there is no profile `{unknown}` that names a feed, a sitemap or a section");
        return Err(FetchError::Config { origin: "--publisher".to_owned(), key: "publisher".to_owned(), why });
    }
    Ok(publishers.into_iter().filter(|publisher| chosen.is_empty() || chosen.contains(&publisher.id)).collect())
}
