//! Parquet: zstd, statistics, dictionaries, descriptions in the file's metadata.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use knowledge::Table;
use polars::prelude::*;
use serde_json::json;

use crate::{ExportError, Provenance};

/// A Parquet file that takes chunks of rows.
pub struct Writer {
    inner: polars::io::parquet::write::BatchedWriter<BufWriter<File>>,
}

impl Writer {
    /// Opens a file for frames of a schema.
    pub fn create(path: &Path, schema: &Schema, table: &Table, provenance: &Provenance, run: &str) -> Result<Self, ExportError> {
        let file = File::create(path).map_err(ExportError::io(path))?;
        let mut pairs = metadata(table, provenance, run);
        pairs.extend(arrow_schema(schema));
        let inner = ParquetWriter::new(BufWriter::with_capacity(1 << 20, file))
            .with_compression(ParquetCompression::Zstd(None))
            .with_statistics(StatisticsOptions::full())
            .with_key_value_metadata(Some(KeyValueMetadata::from_static(pairs)))
            .batched(schema)
            .map_err(ExportError::frame(path))?;
        Ok(Self { inner })
    }

    /// Writes a row group.
    pub fn write(&mut self, path: &Path, chunk: &DataFrame) -> Result<(), ExportError> {
        if chunk.height() == 0 {
            return Ok(());
        }
        self.inner.write_batch(chunk).map_err(ExportError::frame(path))
    }

    /// Writes the footer.
    pub fn finish(self, path: &Path) -> Result<(), ExportError> {
        self.inner.finish().map(drop).map_err(ExportError::frame(path))
    }
}

/// What the file says about itself. Nothing here depends on time or machine: the same dataset has the same bytes.
fn metadata(table: &Table, provenance: &Provenance, run: &str) -> Vec<(String, String)> {
    let columns: Vec<_> = table
        .columns
        .iter()
        .map(|column| json!({ "name": column.name, "en": column.en, "vi": column.vi, "unit": column.unit, "concept": column.concept, "refers": column.refers }))
        .collect();
    vec![
        ("solieu:table".to_owned(), table.name.clone()),
        ("solieu:description".to_owned(), table.en.clone()),
        ("solieu:description_vi".to_owned(), table.vi.clone()),
        ("solieu:key".to_owned(), table.key.join(",")),
        ("solieu:sorted_by".to_owned(), table.order.join(",")),
        ("solieu:columns".to_owned(), json!(columns).to_string()),
        ("solieu:version".to_owned(), provenance.version.clone()),
        ("solieu:run".to_owned(), run.to_owned()),
    ]
}

/// The schema that readers take over, in Arrow's older types: pandas cannot yet make lists of string views.
///
/// The pages are the same for both; polars itself would note the newer types.
fn arrow_schema(schema: &Schema) -> Option<(String, String)> {
    let entry = polars_parquet::write::schema_to_metadata_key(&schema.to_arrow(CompatLevel::oldest()));
    entry.value.map(|value| (entry.key, value))
}
