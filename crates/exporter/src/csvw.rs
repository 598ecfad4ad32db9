//! `*.csv-metadata.json`: CSV on the Web.

use std::path::Path;

use knowledge::{Column, ColumnType, Table};
use serde_json::{Value, json};

use crate::{ExportError, write_json};

/// Describes every CSV file beside it.
pub fn write(tables: &[&Table], folder: &Path) -> Result<(), ExportError> {
    for table in tables {
        let columns: Vec<Value> = table.columns.iter().map(|column| describe(table, column)).collect();
        let metadata = json!({
            "@context": ["http://www.w3.org/ns/csvw", { "@language": "vi" }],
            "url": format!("{}.csv", table.name),
            "dc:title": table.en,
            "dc:description": table.vi,
            "dialect": { "delimiter": ",", "header": true, "encoding": "utf-8", "lineTerminators": ["\r\n", "\n"] },
            "tableSchema": { "primaryKey": table.key, "columns": columns },
        });
        write_json(&metadata, &folder.join(format!("{}.csv-metadata.json", table.name)))?;
    }
    Ok(())
}

fn describe(table: &Table, column: &Column) -> Value {
    let datatype = match column.kind {
        ColumnType::Text | ColumnType::Code | ColumnType::List => json!("string"),
        ColumnType::Integer => json!("integer"),
        ColumnType::Number => json!("decimal"),
        ColumnType::Boolean => json!("boolean"),
        ColumnType::Date => json!("date"),
        ColumnType::Time => json!({ "base": "dateTime", "format": "yyyy-MM-ddTHH:mm:ssX" }),
    };
    let mut described = json!({
        "name": column.name,
        "titles": column.name,
        "datatype": datatype,
        "dc:description": column.vi,
        "rdfs:comment": column.en,
    });
    if column.kind == ColumnType::List {
        described["separator"] = json!("|");
    }
    if table.key.contains(&column.name) && !column.nullable {
        described["required"] = json!(true);
    }
    described
}
