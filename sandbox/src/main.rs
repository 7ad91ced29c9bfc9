//! Serves the pair until it is interrupted.

use std::io::Write;

use clap::Parser;
use sidelight_sandbox::{Options, Sandbox};

/// A local HaloITSM and a local Hudu.
#[derive(Parser)]
#[command(name = "sidelight-sandbox", version)]
struct Arguments {
    /// Port of HaloITSM on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 8787)]
    halo_port: u16,
    /// Port of Hudu on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 8788)]
    hudu_port: u16,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let running = Sandbox::new(Options::default()).serve(arguments.halo_port, arguments.hudu_port).await?;
    let halo = running.sandbox.halo.credentials();
    let mut out = std::io::stdout();
    writeln!(out, "HaloITSM  {}", running.halo)?;
    writeln!(out, "  resource server   {}", halo.resource_server)?;
    writeln!(out, "  tenant            {}", halo.tenant)?;
    writeln!(out, "  client id         {}", halo.client_id)?;
    writeln!(out, "  client secret     {}", halo.client_secret)?;
    writeln!(out, "  native client id  {}  (authorisation code, no secret)", halo.native_client_id)?;
    writeln!(out, "  agent             {}  password {}", halo.agent, halo.password)?;
    writeln!(out, "Hudu      {}", running.hudu)?;
    writeln!(out, "  API key           {}", running.sandbox.hudu.api_key())?;
    writeln!(out, "For the command line:")?;
    for (name, value) in [
        ("HALO_RESOURCE_SERVER", &halo.resource_server),
        ("HALO_TENANT", &halo.tenant),
        ("HALO_CLIENT_ID", &halo.client_id),
        ("HALO_CLIENT_SECRET", &halo.client_secret),
        ("HUDU_URL", &running.hudu),
        ("HUDU_API_KEY", &running.sandbox.hudu.api_key()),
    ] {
        writeln!(out, "  export SIDELIGHT_{name}={value}")?;
    }
    writeln!(out, "Faults, switches and requests: /_sandbox/faults, /_sandbox/switches, /_sandbox/requests")?;
    out.flush()?;
    tokio::signal::ctrl_c().await
}
