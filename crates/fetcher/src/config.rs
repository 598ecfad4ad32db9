//! Settings in layers: defaults, file, environment, options; each value knows where it comes from.
//!
//! The defaults are `data/solieu.toml`, which is also their documentation: a key that is not there is a mistake.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use knowledge::Files;
use serde::Deserialize;
use toml::{Table, Value};

use crate::address::Guard;
use crate::client::Limits;
use crate::pace::Patience;
use crate::plan::{Habits, Publisher};
use crate::{FetchError, Manners};

/// The table of defaults.
const DEFAULTS: &str = "solieu.toml";
/// The front of every variable.
const PREFIX: &str = "SOLIEU_";

/// A value in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The value.
    pub value: Value,
    /// Default, file, variable or option that it comes from.
    pub origin: String,
}

/// Everything in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    settings: BTreeMap<String, Setting>,
    publishers: BTreeMap<String, Own>,
}

/// A publisher of the user's own, or what one lacks.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Own {
    domains: Vec<String>,
    feeds: Vec<String>,
    sitemaps: Vec<String>,
    sections: Vec<String>,
    min_gap: Option<String>,
}

impl Config {
    /// Puts the layers together: a file if there is one, variables as (name, value), options as (key, value).
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
        options: &[(&str, String)],
    ) -> Result<Self, FetchError> {
        let built_in = Files::built_in();
        let defaults = built_in.text(DEFAULTS).map_err(|error| wrong(DEFAULTS, "", &error.to_string()))?;
        let mut config = Self { settings: BTreeMap::new(), publishers: BTreeMap::new() };
        for (key, value) in flat(parse(defaults, DEFAULTS)?) {
            config.settings.insert(key, Setting { value, origin: "default".to_owned() });
        }
        if let Some(path) = file {
            config.add_file(path)?;
        }
        for (name, text) in environment {
            if let Some(key) = name.strip_prefix(PREFIX).and_then(|name| config.key_of(name)) {
                config.set_text(&key, &text, &name)?;
            }
        }
        for (key, text) in options {
            config.set_text(key, text, "option")?;
        }
        config.manners()?;
        config.file_size()?;
        Ok(config)
    }

    /// Every value in order of key.
    pub fn settings(&self) -> impl Iterator<Item = (&str, &Setting)> {
        self.settings.iter().map(|(key, setting)| (key.as_str(), setting))
    }

    /// A text; empty if there is none.
    pub fn text(&self, key: &str) -> &str {
        self.settings.get(key).and_then(|setting| setting.value.as_str()).unwrap_or_default()
    }

    /// A path, unless the text is empty.
    pub fn path(&self, key: &str) -> Option<PathBuf> {
        Some(self.text(key)).filter(|text| !text.is_empty()).map(PathBuf::from)
    }

    /// The folder of archive and state.
    pub fn store(&self) -> PathBuf {
        PathBuf::from(self.text("store.folder"))
    }

    /// The size at which a WARC file is closed.
    pub fn file_size(&self) -> Result<u64, FetchError> {
        self.read("store.file_size", bytes)
    }

    /// How a run behaves.
    pub fn manners(&self) -> Result<Manners, FetchError> {
        let contact = self.text("fetch.contact").to_owned();
        let mut hosts = BTreeMap::new();
        for pair in self.list("fetch.hosts") {
            let address = pair.split_once('=').and_then(|(name, address)| Some((name.to_owned(), address.parse::<SocketAddr>().ok()?)));
            let (name, address) = address.ok_or_else(|| self.wrong("fetch.hosts", "expected `name=127.0.0.1:8080`"))?;
            hosts.insert(name, address);
        }
        let seed = match self.number("fetch.seed")? {
            0 => u64::from_le_bytes(blake3::hash(contact.as_bytes()).as_bytes()[..8].try_into().unwrap_or_default()),
            seed => seed,
        };
        Ok(Manners {
            contact,
            min_gap: self.time("fetch.min_gap")?,
            hosts_at_once: self.number("fetch.hosts_at_once")?.max(1) as usize,
            budget: self.number("fetch.requests_per_host")?,
            attempts: self.number("fetch.attempts")?.max(1) as u32,
            longest: self.time("fetch.longest")?,
            patience: Patience {
                first_wait: self.time("fetch.first_wait")?,
                longest_wait: self.time("fetch.longest_wait")?,
                failures_to_open: self.number("fetch.failures_to_open")?.max(1) as u32,
                cool_off: self.time("fetch.cool_off")?,
            },
            openings: self.number("fetch.openings")?.max(1) as u32,
            limits: Limits {
                max_body: self.read("fetch.max_body", bytes)?,
                max_unpacked: self.read("fetch.max_unpacked", bytes)?,
                timeout: self.time("fetch.timeout")?,
                silence: self.time("fetch.silence")?,
            },
            guard: Guard { allow_private: self.is_on("fetch.allow_private"), hosts },
            habits: Habits { recheck: self.time("fetch.recheck")?, give_up_after: self.number("fetch.give_up_after")? as u32 },
            section_pages: self.number("fetch.section_pages")? as u32,
            seed,
        })
    }

    /// The publishers to fetch: profiles, with what the file adds to them, as far as they are chosen and name a source.
    pub fn publishers(&self, profiles: Vec<Publisher>) -> Result<Vec<Publisher>, FetchError> {
        let mut all: BTreeMap<String, Publisher> = profiles.into_iter().map(|profile| (profile.id.clone(), profile)).collect();
        for (id, own) in &self.publishers {
            let publisher = all.entry(id.clone()).or_insert_with(|| Publisher { id: id.clone(), ..Publisher::default() });
            publisher.domains.extend(own.domains.iter().cloned());
            publisher.feeds.extend(own.feeds.iter().cloned());
            publisher.sitemaps.extend(own.sitemaps.iter().cloned());
            publisher.sections.extend(own.sections.iter().cloned());
            if let Some(text) = &own.min_gap {
                let gap = time(text).ok_or_else(|| wrong("file", &format!("publisher.{id}.min_gap"), "expected a time such as `10s`"))?;
                publisher.min_gap = publisher.min_gap.max(Some(gap));
            }
        }
        let chosen = self.list("fetch.publishers");
        if let Some(unknown) = chosen.iter().find(|id| !all.contains_key(*id)) {
            return Err(self.wrong("fetch.publishers", &format!("there is no profile `{unknown}`")));
        }
        let has_source =
            |publisher: &Publisher| [&publisher.feeds, &publisher.sitemaps, &publisher.sections].iter().any(|list| !list.is_empty());
        Ok(all.into_values().filter(|publisher| has_source(publisher) && (chosen.is_empty() || chosen.contains(&publisher.id))).collect())
    }

    fn add_file(&mut self, path: &Path) -> Result<(), FetchError> {
        let origin = path.display().to_string();
        let mut table = parse(&fs::read_to_string(path).map_err(FetchError::file(path))?, &origin)?;
        if let Some(own) = table.remove("publisher") {
            self.publishers = own.try_into().map_err(|error: toml::de::Error| wrong(&origin, "publisher", error.message()))?;
        }
        for (key, value) in flat(table) {
            let Some(setting) = self.settings.get_mut(&key) else { return Err(wrong(&origin, &key, "there is no such key")) };
            if !setting.value.same_type(&value) {
                return Err(wrong(&origin, &key, &format!("expected {}, found {}", setting.value.type_str(), value.type_str())));
            }
            *setting = Setting { value, origin: origin.clone() };
        }
        Ok(())
    }

    /// The key of a variable: `FETCH_MIN_GAP` is `fetch.min_gap`.
    fn key_of(&self, name: &str) -> Option<String> {
        self.settings.keys().find(|key| key.replace('.', "_").eq_ignore_ascii_case(name)).cloned()
    }

    /// Sets a value from text, by the type that the default has.
    fn set_text(&mut self, key: &str, text: &str, origin: &str) -> Result<(), FetchError> {
        let Some(setting) = self.settings.get_mut(key) else { return Err(wrong(origin, key, "there is no such key")) };
        let value = match setting.value {
            Value::Integer(_) => text.parse().ok().map(Value::Integer),
            Value::Boolean(_) => text.parse().ok().map(Value::Boolean),
            Value::Array(_) => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                Some(Value::Array(items.map(|item| Value::String(item.to_owned())).collect()))
            }
            _ => Some(Value::String(text.to_owned())),
        };
        let value = value.ok_or_else(|| wrong(origin, key, &format!("expected {}, found `{text}`", setting.value.type_str())))?;
        *setting = Setting { value, origin: origin.to_owned() };
        Ok(())
    }

    fn list(&self, key: &str) -> Vec<String> {
        let items = self.settings.get(key).and_then(|setting| setting.value.as_array());
        items.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    }

    fn is_on(&self, key: &str) -> bool {
        self.settings.get(key).and_then(|setting| setting.value.as_bool()).unwrap_or_default()
    }

    fn number(&self, key: &str) -> Result<u64, FetchError> {
        let value = self.settings.get(key).and_then(|setting| setting.value.as_integer());
        value.and_then(|value| value.try_into().ok()).ok_or_else(|| self.wrong(key, "expected a number from 0"))
    }

    fn time(&self, key: &str) -> Result<Duration, FetchError> {
        self.read(key, time)
    }

    fn read<T>(&self, key: &str, read: fn(&str) -> Option<T>) -> Result<T, FetchError> {
        read(self.text(key))
            .ok_or_else(|| self.wrong(key, &format!("`{}` is neither a time such as `30s` nor a size such as `10 MiB`", self.text(key))))
    }

    fn wrong(&self, key: &str, why: &str) -> FetchError {
        wrong(self.settings.get(key).map_or("", |setting| &setting.origin), key, why)
    }
}

fn wrong(origin: &str, key: &str, why: &str) -> FetchError {
    FetchError::Config { origin: origin.to_owned(), key: key.to_owned(), why: why.to_owned() }
}

fn parse(text: &str, origin: &str) -> Result<Table, FetchError> {
    text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        wrong(&format!("{origin}:{line}"), "", error.message())
    })
}

/// `[fetch] min_gap` as `fetch.min_gap`.
fn flat(table: Table) -> Vec<(String, Value)> {
    table
        .into_iter()
        .flat_map(|(section, value)| match value {
            Value::Table(keys) => keys.into_iter().map(|(key, value)| (format!("{section}.{key}"), value)).collect(),
            other => vec![(section, other)],
        })
        .collect()
}

/// Reads `500ms`, `30s`, `10m`, `6h`, `3d`, or several in a row.
fn time(text: &str) -> Option<Duration> {
    let span: jiff::Span = text.trim().parse().ok()?;
    let whole = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).ok()?;
    Duration::try_from(whole).ok()
}

/// Reads `10 MiB`, `500 kB`, `1000`.
fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let factor = match unit.trim() {
        "" | "B" => 1,
        "kB" | "KB" => 1000,
        "KiB" => 1 << 10,
        "MB" => 1_000_000,
        "MiB" => 1 << 20,
        "GB" => 1_000_000_000,
        "GiB" => 1_u64 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, environment: &[(&str, &str)], options: &[(&str, &str)]) -> Result<Config, FetchError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("solieu.toml");
        fs::write(&path, file).unwrap();
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let options: Vec<(&str, String)> = options.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        Config::load(Some(&path), environment, &options)
    }

    #[test]
    fn later_layers_win_and_say_so() {
        let config = load(
            "[fetch]\nmin_gap = \"7s\"\nattempts = 2\nlongest = \"1h\"",
            &[("SOLIEU_FETCH_ATTEMPTS", "4"), ("SOLIEU_FETCH_LONGEST", "2h"), ("SOLIEU_LOG", "x"), ("HOME", "/")],
            &[("fetch.longest", "3h"), ("fetch.publishers", "a, b")],
        )
        .unwrap();
        let manners = config.manners().unwrap();
        assert_eq!((manners.min_gap, manners.attempts, manners.longest), (Duration::from_secs(7), 4, Duration::from_secs(10_800)));
        let origin = |key: &str| config.settings().find(|(name, _)| *name == key).map(|(_, setting)| setting.origin.clone()).unwrap();
        assert!(origin("fetch.min_gap").ends_with("solieu.toml"));
        assert_eq!((origin("fetch.attempts").as_str(), origin("fetch.longest").as_str()), ("SOLIEU_FETCH_ATTEMPTS", "option"));
        assert_eq!(origin("fetch.timeout"), "default");
        assert_eq!(config.list("fetch.publishers"), ["a", "b"]);
    }

    #[test]
    fn mistakes_name_their_place() {
        let said = |file: &str, environment: &[(&str, &str)]| load(file, environment, &[]).unwrap_err().to_string();
        assert!(said("[fetch]\nmin_gpa = \"7s\"", &[]).ends_with("solieu.toml: fetch.min_gpa: there is no such key"));
        assert!(said("[fetch]\nattempts = \"7\"", &[]).ends_with("expected integer, found string"));
        assert!(said("[fetch]\n\n= 3", &[]).contains("solieu.toml:3"));
        assert_eq!(said("", &[("SOLIEU_FETCH_ATTEMPTS", "x")]), "SOLIEU_FETCH_ATTEMPTS: fetch.attempts: expected integer, found `x`");
        assert!(said("", &[("SOLIEU_FETCH_MIN_GAP", "soon")]).starts_with("SOLIEU_FETCH_MIN_GAP: fetch.min_gap: `soon` is neither"));
        assert!(said("[publisher.x]\nfeed = []", &[]).contains("publisher"));
    }

    #[test]
    fn publishers_are_profiles_with_what_the_file_adds() {
        let profile = |id: &str, feeds: &[&str]| Publisher {
            id: id.to_owned(),
            feeds: feeds.iter().map(|feed| (*feed).to_owned()).collect(),
            ..Publisher::default()
        };
        let profiles = || vec![profile("a", &["http://a.example/f"]), profile("b", &[]), profile("c", &[])];
        let file = "[publisher.b]\nfeeds = [\"http://b.example/f\"]\nmin_gap = \"1m\"";
        let ids = |config: &Config| config.publishers(profiles()).unwrap().iter().map(|publisher| publisher.id.clone()).collect::<Vec<_>>();
        let config = load(file, &[], &[]).unwrap();
        assert_eq!(ids(&config), ["a", "b"], "c names no source");
        assert_eq!(config.publishers(profiles()).unwrap()[1].min_gap, Some(Duration::from_secs(60)));
        assert_eq!(ids(&load(file, &[], &[("fetch.publishers", "b")]).unwrap()), ["b"]);
        assert!(load(file, &[], &[("fetch.publishers", "z")]).unwrap().publishers(profiles()).is_err());
    }

    #[test]
    fn times_and_sizes() {
        assert_eq!(
            (time("1h30m"), time("500ms"), time("3d")),
            (Some(Duration::from_secs(5400)), Some(Duration::from_millis(500)), Some(Duration::from_secs(259_200)))
        );
        assert_eq!((time("soon"), time("-5s")), (None, None));
        assert_eq!((bytes("10 MiB"), bytes("7"), bytes("1GB"), bytes("x")), (Some(10 << 20), Some(7), Some(1_000_000_000), None));
    }
}
