//! `sidelight hudu`: records of Hudu.

use sidelight::http::Product;
use sidelight::hudu::catalogue::{Shelf, Single};

use crate::args::{HuduOrder, HuduWork};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::show::records::{self, Sheets};

/// Does what the order says.
pub async fn hudu(desk: &Desk, out: &Out, order: &HuduOrder) -> Result<Exit, Failure> {
    let unknown = || Failure::File(format!("Hudu has no {}.", order.resource));
    let shelf = Shelf::named(order.resource).ok_or_else(unknown)?;
    let bench = desk.bench_of(Product::Hudu).await?;
    match &order.work {
        HuduWork::List(order) => {
            let sheets = Sheets { columns: shelf.columns, narrow: shelf.columns.len() };
            records::list(desk, out, &bench, &format!("list_all_hudu_{}", shelf.many), order, &sheets).await
        }
        HuduWork::Get(_) if shelf.single == Single::None => {
            Err(Failure::File(format!("Hudu answers {} as lists only.", shelf.endpoint.area)))
        }
        HuduWork::Get(order) => {
            records::single(out, &bench, &format!("get_single_hudu_{}_by_id", shelf.one), None, order, shelf.columns)
                .await
        }
    }
}
