//! Writes the dataset: the tables in the forms that people use, and the descriptions that tools read.
//!
//! The door is [`export`]: named tables in lazy pieces in, a folder out that appears whole or not at all.
//! [`open`] reads the tables of a folder back, so that stages can be run one by one.
//!
//! Every header, type and description comes from `data/columns.toml`; this crate knows no table by heart but `series`, which
//! is also written as SDMX. It knows neither clock nor arguments: the caller hands over what `run.json` tells.

mod chunks;
mod croissant;
mod csv;
mod csvw;
mod datapackage;
mod error;
mod folder;
mod open;
mod parquet;
mod partition;
mod provenance;
mod sdmx;
mod structure;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use knowledge::{Knowledge, Table};
use polars::prelude::*;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

pub use error::ExportError;
pub use open::open;
pub use provenance::{Input, Manifest, Provenance, Refusal, WrittenFile};

/// A form of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Parquet files.
    Parquet,
    /// CSV files.
    Csv,
    /// `series` as SDMX-CSV with its structure message.
    Sdmx,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Parquet, Self::Csv, Self::Sdmx];
}

/// How to write.
#[derive(Clone, Debug)]
pub struct Options {
    /// The forms to write.
    pub formats: Vec<Format>,
    /// Parquet of observations and series as Hive partitions by year and month.
    pub partition: bool,
    /// CSV for spreadsheets: a BOM, and no cell that runs as a formula.
    pub excel: bool,
    /// What `run.json` tells.
    pub provenance: Provenance,
}

/// A table by name: pieces that are its rows one behind another, sorted by key.
pub type Pieces = (String, Vec<LazyFrame>);

/// Writes tables into a folder, which must be free, empty, or hold an earlier dataset.
pub fn export(frames: &[Pieces], out: &Path, options: &Options, known: &Knowledge) -> Result<Manifest, ExportError> {
    let folder = folder::Folder::start(out)?;
    let run = provenance::run_id(frames, &options.provenance)?;
    let export = Export { folder: folder.path(), options, run: &run };
    let rows = export.tables(frames, known)?;
    if options.formats.contains(&Format::Sdmx)
        && let Some((_, series)) = frames.iter().find(|(name, _)| name == "series")
    {
        sdmx::write(series, folder.path())?;
        structure::write(frames, folder.path())?;
    }
    let tables: Vec<&Table> = frames.iter().filter_map(|(name, _)| known.columns.table(name)).collect();
    if options.formats.contains(&Format::Csv) {
        csvw::write(&tables, folder.path())?;
    }
    let mut files = files_of(folder.path(), &[])?;
    datapackage::write(&tables, &rows, &files, &options.provenance, &run, folder.path())?;
    croissant::write(&tables, &files, &options.provenance, folder.path())?;
    files.extend(files_of(folder.path(), &files)?);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = Manifest { run, rows, files, provenance: options.provenance.clone() };
    manifest.write(folder.path())?;
    folder.settle()?;
    Ok(manifest)
}

struct Export<'a> {
    folder: &'a Path,
    options: &'a Options,
    run: &'a str,
}

impl Export<'_> {
    /// Writes all tables, two at a time: packing a chunk keeps one core busy, and two chunks are little to hold.
    fn tables(&self, frames: &[Pieces], known: &Knowledge) -> Result<BTreeMap<String, usize>, ExportError> {
        let next = AtomicUsize::new(0);
        let lane = || {
            let mut rows = Vec::new();
            while let Some((name, pieces)) = frames.get(next.fetch_add(1, Ordering::Relaxed)) {
                let table = known.columns.table(name).ok_or_else(|| ExportError::Undescribed { name: name.clone() })?;
                rows.push((name.clone(), self.table(table, pieces)?));
            }
            Ok(rows)
        };
        let (ours, theirs) = rayon::join(lane, lane);
        Ok(ours?.into_iter().chain(theirs?).collect())
    }

    /// Writes a table in all forms in one pass; the number of its rows.
    fn table(&self, table: &Table, pieces: &[LazyFrame]) -> Result<usize, ExportError> {
        let partitioned = self.options.partition && partition::by(table).is_some();
        let as_parquet = self.options.formats.contains(&Format::Parquet);
        let (parquet_file, csv_file) =
            (self.folder.join(format!("{}.parquet", table.name)), self.folder.join(format!("{}.csv", table.name)));
        let schema = chunks::schema(pieces).map_err(ExportError::frame(&parquet_file))?;
        check_columns(table, &schema)?;

        let mut parquet = if as_parquet {
            Some(parquet::Writer::create(&parquet_file, &schema, table, &self.options.provenance, self.run)?)
        } else {
            None
        };
        let mut csv =
            if self.options.formats.contains(&Format::Csv) { Some(csv::Writer::create(&csv_file, self.options.excel)?) } else { None };
        let mut rows = 0;
        chunks::each(pieces, &parquet_file, |chunk| {
            rows += chunk.height();
            if let Some(parquet) = &mut parquet {
                parquet.write(&parquet_file, &chunk)?;
            }
            if let Some(csv) = &mut csv {
                csv.write(&csv_file, &chunk)?;
            }
            Ok(())
        })?;
        if let Some(parquet) = parquet {
            parquet.finish(&parquet_file)?;
        }
        if let Some(csv) = csv {
            csv.finish(&csv_file)?;
        }
        if partitioned && as_parquet {
            // Every partition reads the table: what is sorted by now is read better than what has to be sorted again.
            partition::write(table, &parquet_file, self.folder, &self.options.provenance, self.run)?;
            fs::remove_file(&parquet_file).map_err(ExportError::io(&parquet_file))?;
        }
        Ok(rows)
    }
}

fn check_columns(table: &Table, schema: &Schema) -> Result<(), ExportError> {
    match schema.iter_names().find(|name| table.column(name).is_none()) {
        Some(name) => Err(ExportError::Undescribed { name: format!("{}.{name}", table.name) }),
        None => Ok(()),
    }
}

/// Every file of a folder with its size and hash, by name, but for those that are known: tables are too large to be hashed twice.
fn files_of(folder: &Path, known: &[WrittenFile]) -> Result<Vec<WrittenFile>, ExportError> {
    let mut paths = Vec::new();
    below(folder, &mut paths).map_err(ExportError::io(folder))?;
    paths.retain(|path| known.iter().all(|file| file.path != name_in(folder, path)));
    paths.sort();
    paths.par_iter().map(|path| written(folder, path).map_err(ExportError::io(path))).collect()
}

/// The path of a file in its folder, with slashes on every system.
fn name_in(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn below(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { below(&path, paths)? } else { paths.push(path) }
    }
    Ok(())
}

fn written(folder: &Path, path: &Path) -> io::Result<WrittenFile> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        bytes += read as u64;
    }
    let sha256 = hasher.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    Ok(WrittenFile { path: name_in(folder, path), bytes, sha256 })
}

/// Writes a JSON document, indented, with a final line break.
fn write_json(value: &impl serde::Serialize, path: &Path) -> Result<(), ExportError> {
    let mut text = serde_json::to_string_pretty(value).map_err(io::Error::from).map_err(ExportError::io(path))?;
    text.push('\n');
    fs::write(path, text).map_err(ExportError::io(path))
}
