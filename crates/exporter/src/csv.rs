//! CSV after RFC 4180: UTF-8 without BOM, CRLF, lists as `a|b`, ISO dates and times, numbers in full with a dot.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use polars::prelude::*;

use crate::ExportError;

/// How a spreadsheet must not read a cell: as a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A CSV file that takes chunks of rows.
pub struct Writer {
    file: BufWriter<File>,
    excel: bool,
    begun: bool,
}

impl Writer {
    /// Opens a file. For Excel it begins with a BOM and its texts are guarded.
    pub fn create(path: &Path, excel: bool) -> Result<Self, ExportError> {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(path).map_err(ExportError::io(path))?);
        if excel {
            file.write_all("\u{feff}".as_bytes()).map_err(ExportError::io(path))?;
        }
        Ok(Self { file, excel, begun: false })
    }

    /// Writes rows, after the header if they are the first.
    pub fn write(&mut self, path: &Path, chunk: &DataFrame) -> Result<(), ExportError> {
        let mut rows = plain(chunk, self.excel).map_err(ExportError::frame(path))?;
        CsvWriter::new(&mut self.file)
            .include_header(!self.begun)
            .with_line_terminator("\r\n".into())
            .with_float_scientific(Some(false))
            .with_datetime_format(Some("%Y-%m-%dT%H:%M:%SZ".into()))
            .finish(&mut rows)
            .map_err(ExportError::frame(path))?;
        self.begun = true;
        Ok(())
    }

    /// Writes what is left.
    pub fn finish(mut self, path: &Path) -> Result<(), ExportError> {
        self.file.flush().map_err(ExportError::io(path))
    }
}

/// The rows in types that CSV can hold.
fn plain(chunk: &DataFrame, excel: bool) -> PolarsResult<DataFrame> {
    let columns: PolarsResult<Vec<Column>> = chunk.columns().iter().map(|column| plain_column(column, excel)).collect();
    DataFrame::new(chunk.height(), columns?)
}

fn plain_column(column: &Column, excel: bool) -> PolarsResult<Column> {
    match column.dtype() {
        DataType::List(_) => guarded(joined(column)?, excel),
        DataType::Datetime(unit, Some(_)) => column.to_physical_repr().cast(&DataType::Datetime(*unit, None)),
        DataType::String => guarded(column.clone(), excel),
        // Some codes are a page's own words, such as the name of its publisher.
        DataType::Categorical(..) | DataType::Enum(..) if excel => guarded(column.cast(&DataType::String)?, excel),
        _ => Ok(column.clone()),
    }
}

/// Lists as `a|b`; a bar within an item is written as `\|`.
fn joined(column: &Column) -> PolarsResult<Column> {
    let list = column.list()?;
    let mut texts = StringChunkedBuilder::new(column.name().clone(), list.len());
    for at in 0..list.len() {
        match list.get_as_series(at) {
            Some(items) => {
                let items: Vec<String> = items.str()?.iter().flatten().map(|item| item.replace('|', "\\|")).collect();
                texts.append_value(items.join("|"));
            }
            None => texts.append_null(),
        }
    }
    Ok(texts.finish().into_column())
}

/// Texts that a spreadsheet cannot run.
fn guarded(column: Column, excel: bool) -> PolarsResult<Column> {
    if !excel {
        return Ok(column);
    }
    let texts = column.str()?.apply_into_string_amortized(|text: &str, out: &mut String| {
        if text.starts_with(FORMULA) {
            out.push('\'');
        }
        out.push_str(text);
    });
    Ok(texts.into_column())
}
