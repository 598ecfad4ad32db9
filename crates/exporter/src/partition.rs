//! Parquet as Hive partitions: `observations/year=2024/month=10/part.parquet`.

use std::fs;
use std::path::Path;

use knowledge::Table;
use polars::prelude::*;

use crate::{ExportError, Provenance, chunks, open, parquet};

/// The folder name that Hive gives to rows without a date.
const NO_DATE: &str = "__HIVE_DEFAULT_PARTITION__";

/// The date that a table is partitioned by: publication for what was said, the period's end for what is so.
pub fn by(table: &Table) -> Option<&'static str> {
    match table.name.as_str() {
        "observations" => Some("published_at"),
        "series" => Some("period_end"),
        _ => None,
    }
}

/// Writes one file for every month that occurs in a file of the table.
pub fn write(table: &Table, whole: &Path, folder: &Path, provenance: &Provenance, run: &str) -> Result<(), ExportError> {
    let Some(date) = by(table) else {
        return Ok(());
    };
    let root = folder.join(&table.name);
    let frame = open::scan(&[whole.to_owned()]).map_err(ExportError::frame(whole))?;
    // The physical day or instant, so that the zone of a timestamp does not matter: months are those of UTC.
    let day = match date {
        "published_at" => col(date).to_physical().cast(DataType::Datetime(TimeUnit::Microseconds, None)),
        _ => col(date),
    };
    let (year, month) = (day.clone().dt().year(), day.dt().month().cast(DataType::Int32));
    let months = frame.clone().select([year.clone().alias("year"), month.clone().alias("month")]).unique(None, UniqueKeepStrategy::Any);
    let months = months.sort(["year", "month"], SortMultipleOptions::default()).collect().map_err(ExportError::frame(&root))?;
    let schema = frame.clone().collect_schema().map_err(ExportError::frame(&root))?;
    let numbers = |name: &str| months.column(name).and_then(|column| column.i32().cloned()).map_err(ExportError::frame(&root));
    let (years, numbers_of_months) = (numbers("year")?, numbers("month")?);
    for at in 0..months.height() {
        let (name, rows) = match years.get(at).zip(numbers_of_months.get(at)) {
            Some((y, m)) => (format!("year={y}/month={m:02}"), year.clone().eq(lit(y)).and(month.clone().eq(lit(m)))),
            None => (format!("year={NO_DATE}/month={NO_DATE}"), year.clone().is_null()),
        };
        let place = root.join(name);
        fs::create_dir_all(&place).map_err(ExportError::io(&place))?;
        let file = place.join("part.parquet");
        let mut writer = parquet::Writer::create(&file, &schema, table, provenance, run)?;
        chunks::each(&[frame.clone().filter(rows)], &file, |chunk| writer.write(&file, &chunk))?;
        writer.finish(&file)?;
    }
    Ok(())
}
