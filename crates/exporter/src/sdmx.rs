//! SDMX-CSV 2.0 of the table `series`.

use std::path::Path;

use polars::prelude::*;

use crate::{ExportError, chunks, csv};

/// The structure that the rows follow.
pub const STRUCTURE: &str = "SOLIEU:NEWS_OBS(1.0.0)";

/// Dimensions in the order of their keys: SDMX name and column. A missing code is `_Z`, not applicable.
pub const DIMENSIONS: [(&str, &str); 12] = [
    ("FREQ", "frequency"),
    ("REF_AREA", "region"),
    ("INDICATOR", "indicator"),
    ("COUNTERPART_AREA", "partner"),
    ("ACTIVITY", "industry"),
    ("PRODUCT", "product"),
    ("BREAKDOWN", "breakdown"),
    ("MEASURE", "measure"),
    ("VALUE_KIND", "status"),
    ("COMPARISON_PERIOD", "compared_with"),
    ("UNIT_MEASURE", "unit"),
    ("TIME_PERIOD", "period"),
];

/// Writes `series.sdmx.csv`.
pub fn write(series: &LazyFrame, folder: &Path) -> Result<(), ExportError> {
    let path = folder.join("series.sdmx.csv");
    let mut writer = csv::Writer::create(&path, false)?;
    chunks::each(rows(series.clone()), &path, |chunk| writer.write(&path, &chunk))?;
    writer.finish(&path)
}

fn rows(series: LazyFrame) -> LazyFrame {
    let mut columns = vec![lit("datastructure").alias("STRUCTURE"), lit(STRUCTURE).alias("STRUCTURE_ID"), lit("I").alias("ACTION")];
    columns.extend(DIMENSIONS.iter().map(|(name, column)| dimension(column).alias(*name)));
    columns.extend([
        col("value").alias("OBS_VALUE"),
        observation_status().alias("OBS_STATUS"),
        lit(0).alias("UNIT_MULT"),
        col("sources").alias("SOURCES"),
        col("series").alias("SERIES_ID"),
    ]);
    series.select(columns)
}

fn dimension(column: &str) -> Expr {
    let text = col(column).cast(DataType::String);
    match column {
        "measure" | "status" => text.str().to_uppercase(),
        "frequency" => when(text.clone().eq(lit("_O"))).then(lit("I")).otherwise(text),
        _ => text.fill_null(lit("_Z")),
    }
}

/// `CL_OBS_STATUS`: it has no code for a target, which is a kind of forecast there and told apart by `VALUE_KIND`.
fn observation_status() -> Expr {
    let status = col("status").cast(DataType::String);
    when(status.clone().eq(lit("actual")))
        .then(lit("A"))
        .when(status.clone().eq(lit("estimate")))
        .then(lit("E"))
        .when(status.eq(lit("preliminary")))
        .then(lit("P"))
        .otherwise(lit("F"))
}
