//! Rows on disk: files of the staging folder, for ourselves alone.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use polars::prelude::*;
use rayon::prelude::*;

use crate::TransformError;
use crate::tables::{BY_ARTICLE, Frames};

/// Rows that stand together where ranges are cut out of every file: few, since whatever stands together is unpacked together.
pub const IN_PIECES: usize = 4_096;
/// Rows that stand together where a file is read from end to end: more, so that fewer dictionaries are made.
pub const WHOLE: usize = 65_536;
/// Files of a table of a part, written side by side: a file by itself would be written by one thread.
const PIECES: usize = 2;

/// Writes the rows of a part, by table, and says how to read them.
pub fn spill(part: usize, frames: &Frames, folder: &Path) -> Result<BTreeMap<&'static str, LazyFrame>, TransformError> {
    let spilled = |(name, frame)| Ok((name, scan(&in_pieces(part, frame, &below(folder, name)?)?)?));
    BY_ARTICLE.into_par_iter().zip(frames).map(spilled).collect()
}

fn in_pieces(part: usize, frame: &DataFrame, folder: &Path) -> Result<Vec<PathBuf>, TransformError> {
    let rows = frame.height().div_ceil(PIECES).max(1);
    let written = |piece: usize| {
        let path = folder.join(format!("{part:05}-{piece}.parquet"));
        write(&mut frame.slice((piece * rows) as i64, rows), &path, IN_PIECES)?;
        Ok(path)
    };
    (0..PIECES).into_par_iter().map(written).collect()
}

/// A folder within another, made if need be.
pub fn below(folder: &Path, name: &str) -> Result<PathBuf, TransformError> {
    let folder = folder.join(name);
    fs::create_dir_all(&folder).map_err(TransformError::io(&folder))?;
    Ok(folder)
}

/// Writes a frame for ourselves, so many rows together: quick to write and read, since dictionaries make it small enough, and
/// without statistics, since where its rows lie is known.
pub fn write(frame: &mut DataFrame, path: &Path, rows: usize) -> Result<(), TransformError> {
    let file = File::create(path).map_err(TransformError::io(path))?;
    ParquetWriter::new(std::io::BufWriter::new(file))
        .with_compression(ParquetCompression::Uncompressed)
        .with_row_group_size(Some(rows))
        .with_statistics(StatisticsOptions::empty())
        .finish(frame)
        .map_err(TransformError::frame(format!("writing {}", path.display())))?;
    Ok(())
}

/// Files as one frame, in their order.
pub fn scan(paths: &[PathBuf]) -> Result<LazyFrame, TransformError> {
    let doing = || format!("reading {}", paths.first().map_or_else(String::new, |path| path.display().to_string()));
    let paths = paths
        .iter()
        .map(|path| PlRefPath::try_from_path(path))
        .collect::<PolarsResult<Vec<_>>>()
        .map_err(TransformError::frame(doing()))?;
    let args = ScanArgsParquet { glob: false, cache: false, ..ScanArgsParquet::default() };
    LazyFrame::scan_parquet_files(paths.into(), args).map_err(TransformError::frame(doing()))
}
