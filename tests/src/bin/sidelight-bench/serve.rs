//! Hands much to a page: what it fetches from an address on this machine goes through no driver.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Serves texts under their numbers, `/0` first; answers the address. Ends with the runtime's local tasks.
pub async fn texts(texts: Vec<String>) -> std::io::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = format!("http://{}", listener.local_addr()?);
    tokio::task::spawn_local(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // A page that goes away is no trouble of the next one's.
            let _ = answer(&mut stream, &texts).await;
        }
    });
    Ok(address)
}

/// Answers one request, whatever its method: the number in its first line is all that counts.
async fn answer(stream: &mut TcpStream, texts: &[String]) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut part = [0; 1024];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut part).await? {
            0 => return Ok(()),
            count => head.extend_from_slice(&part[..count]),
        }
    }
    let head = String::from_utf8_lossy(&head);
    let number = head.split_once('/').and_then(|(_, rest)| rest.split(' ').next()?.parse::<usize>().ok());
    let text = number.and_then(|number| texts.get(number));
    let state = if text.is_some() { "200 OK" } else { "404 Not Found" };
    let text = text.map(String::as_str).unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {state}\r\nContent-Type: application/json\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        text.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(text.as_bytes()).await?;
    stream.shutdown().await
}
