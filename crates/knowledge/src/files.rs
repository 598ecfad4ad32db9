//! The tables as text: built in, or from a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::KnowledgeError;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// Every table's text by its name below the data folder (`indicators.toml`, `publishers/vnexpress.toml`).
#[derive(Debug)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    /// The tables that the program was built with.
    pub fn built_in() -> Self {
        Self(TABLES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    /// The tables of a folder, laid out as `data/` is.
    pub fn from_dir(root: &Path) -> Result<Self, KnowledgeError> {
        let mut files = BTreeMap::new();
        collect(root, root, &mut files)?;
        Ok(Self(files))
    }

    /// The text of one table.
    pub fn text(&self, name: &str) -> Result<&str, KnowledgeError> {
        self.0.get(name).map(String::as_str).ok_or_else(|| KnowledgeError::Missing { file: name.to_owned() })
    }

    /// Reads one table; unknown keys are refused where the type says so.
    pub fn table<T: DeserializeOwned>(&self, name: &str) -> Result<T, KnowledgeError> {
        parse(name, self.text(name)?)
    }

    /// Reads every table below a folder, in order of name: (name without folder and ending, table).
    pub fn tables_in<T: DeserializeOwned>(&self, folder: &str) -> Result<Vec<(String, T)>, KnowledgeError> {
        let prefix = format!("{folder}/");
        self.0
            .iter()
            .filter_map(|(name, text)| {
                let id = name.strip_prefix(&prefix)?.strip_suffix(".toml")?;
                Some(parse(name, text).map(|table| (id.to_owned(), table)))
            })
            .collect()
    }

    /// The line (from 1) of the first occurrence of a string in a table, for error messages.
    pub fn line_of(&self, name: &str, needle: &str) -> usize {
        let text = self.0.get(name).map_or("", String::as_str);
        text.find(needle).map_or(1, |at| line_at(text, at))
    }

    /// The line (from 1) of the last occurrence, where a second one is the mistake.
    pub fn last_line_of(&self, name: &str, needle: &str) -> usize {
        let text = self.0.get(name).map_or("", String::as_str);
        text.rfind(needle).map_or(1, |at| line_at(text, at))
    }
}

fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, KnowledgeError> {
    toml::from_str(text).map_err(|error| KnowledgeError::Malformed {
        file: name.to_owned(),
        line: error.span().map_or(1, |span| line_at(text, span.start)),
        why: error.message().to_owned(),
    })
}

fn line_at(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) -> Result<(), KnowledgeError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| KnowledgeError::Unreadable { path, source }
    };
    for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "samples") {
                collect(root, &path, files)?;
            }
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read_to_string(&path).map_err(unreadable(&path))?);
        }
    }
    Ok(())
}
