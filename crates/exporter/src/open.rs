//! Tables of a folder, read back.

use std::path::{Path, PathBuf};
use std::{fs, io};

use knowledge::Knowledge;
use polars::prelude::*;

use crate::{ExportError, Pieces};

/// The tables that stand as Parquet in a folder, one file or Hive partitions each, in the order of `data/columns.toml`.
pub fn open(folder: &Path, known: &Knowledge) -> Result<Vec<Pieces>, ExportError> {
    let mut frames = Vec::new();
    for table in known.columns.tables() {
        let files = files(folder, &table.name).map_err(ExportError::io(folder))?;
        if files.is_empty() {
            continue;
        }
        let partitioned = files.len() > 1 || files[0].parent() != Some(folder);
        let mut frame = scan(&files).map_err(ExportError::frame(folder))?;
        if partitioned {
            // The folders' names would come back as columns of their own.
            frame = frame.select(table.columns.iter().map(|column| col(column.name.as_str())).collect::<Vec<_>>());
            let order: Vec<&str> = table.order.iter().chain(&table.key).map(String::as_str).collect();
            frame = frame.sort(order, SortMultipleOptions::default());
        }
        frames.push((table.name.clone(), vec![frame]));
    }
    if frames.is_empty() {
        return Err(ExportError::NoTables { path: folder.to_owned() });
    }
    Ok(frames)
}

/// Parquet files as one frame, in their order.
pub fn scan(files: &[PathBuf]) -> PolarsResult<LazyFrame> {
    let paths = files.iter().map(|path| PlRefPath::try_from_path(path)).collect::<PolarsResult<Vec<_>>>()?;
    LazyFrame::scan_parquet_files(paths.into(), ScanArgsParquet { glob: false, cache: false, ..ScanArgsParquet::default() })
}

fn files(folder: &Path, table: &str) -> io::Result<Vec<PathBuf>> {
    let single = folder.join(format!("{table}.parquet"));
    if single.is_file() {
        return Ok(vec![single]);
    }
    let mut found = Vec::new();
    if folder.join(table).is_dir() {
        below(&folder.join(table), &mut found)?;
    } else {
        fs::metadata(folder)?;
    }
    found.sort();
    Ok(found)
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            below(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "parquet") {
            found.push(path);
        }
    }
    Ok(())
}
