//! Where a dataset comes from, and `run.json`.

use std::collections::BTreeMap;
use std::path::Path;

use polars::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{ExportError, Pieces, write_json};

/// A file that was read.
#[derive(Clone, Debug, Serialize)]
pub struct Input {
    /// Its path or address.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Its hash, with the name of the method: `blake3:…`.
    pub hash: String,
}

/// An input that gave no article.
#[derive(Clone, Debug, Serialize)]
pub struct Refusal {
    /// Its path, address or record.
    pub source: String,
    /// Why, in a sentence fragment.
    pub reason: String,
}

/// What only the caller knows about a run. Times are handed over: nothing here reads a clock.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Provenance {
    /// The program's version.
    pub version: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// When the run began, ISO 8601.
    pub started: Option<String>,
    /// When the tables were ready to be written, ISO 8601.
    pub ended: Option<String>,
    /// What was read.
    pub inputs: Vec<Input>,
    /// Counts by stage.
    pub counts: Map<String, Value>,
    /// What was refused.
    pub refusals: Vec<Refusal>,
}

/// A file of the dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrittenFile {
    /// Path in the dataset's folder.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The id of the dataset's content: the same articles read by the same version have the same id.
    pub run: String,
    /// Rows by table.
    pub rows: BTreeMap<String, usize>,
    /// The files, by name, without `run.json` itself.
    pub files: Vec<WrittenFile>,
    /// What the caller told.
    pub provenance: Provenance,
}

impl Manifest {
    /// Writes `run.json`, the only file that tells of time and machine.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), ExportError> {
        let told = &self.provenance;
        let run = json!({
            "run": self.run,
            "version": told.version,
            "arguments": told.arguments,
            "started": told.started,
            "ended": told.ended,
            "inputs": told.inputs,
            "counts": told.counts,
            "refusals": told.refusals,
            "rows": self.rows,
            "files": self.files,
        });
        write_json(&run, &folder.join("run.json"))
    }
}

/// The id of a dataset's content: its version, and its articles with what was read from them.
pub(crate) fn run_id(frames: &[Pieces], provenance: &Provenance) -> Result<String, ExportError> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(provenance.version.as_bytes());
    for (name, articles) in frames.iter().filter(|(name, _)| name == "articles") {
        for piece in articles {
            read_of(piece, &mut hasher).map_err(ExportError::frame(name))?;
        }
    }
    Ok(hasher.finalize().to_hex()[..16].to_owned())
}

/// Takes in what was read from the articles of a piece.
fn read_of(articles: &LazyFrame, hasher: &mut blake3::Hasher) -> PolarsResult<()> {
    let read = articles.clone().select([col("article"), col("record_hash")]).collect()?;
    let (ids, hashes) = (read.column("article")?.str()?, read.column("record_hash")?.str()?);
    for text in ids.iter().zip(hashes.iter()).flat_map(|(id, hash)| [id, hash]) {
        hasher.update(text.unwrap_or_default().as_bytes());
        hasher.update(&[0]);
    }
    Ok(())
}
