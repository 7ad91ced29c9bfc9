use super::sanitise;

const ORIGIN: &str = "https://acme.huducloud.com";

#[test]
fn what_could_run_is_gone() {
    let dirty = "<p onclick=\"x()\">Hi<script>alert(1)</script><style>p{}</style>\
        <a href=\"javascript:alert(1)\">go</a><a href=\" JaVaScRiPt:alert(1)\">go</a>\
        <img src=x onerror=alert(1)><iframe src=\"https://evil.example\"></iframe>\
        <svg onload=alert(1)><form action=/x><button>b</button></form></p>";
    let clean = sanitise(dirty, ORIGIN);
    for bad in ["script", "onclick", "onerror", "onload", "javascript", "iframe", "<form", "<svg", "style"] {
        assert!(!clean.to_lowercase().contains(bad), "{bad} in {clean}");
    }
    assert!(clean.contains("Hi"));
}

#[test]
fn addresses_become_absolute_and_links_leave_quietly() {
    let clean = sanitise("<a href=\"/kba/1\">a</a><img src=\"/public_photo/2\" alt=\"b\">", ORIGIN);
    assert!(clean.contains("href=\"https://acme.huducloud.com/kba/1\""), "{clean}");
    assert!(clean.contains("src=\"https://acme.huducloud.com/public_photo/2\""), "{clean}");
    assert!(clean.contains("rel=\"noopener noreferrer\"") && clean.contains("target=\"_blank\""), "{clean}");
}

#[test]
fn a_link_in_foreign_letters_leaves_its_words() {
    let clean = sanitise("<p>See <a href=\"https://bücher.example/a\">the <b>books</b></a>.</p>", ORIGIN);
    assert!(clean.contains("See ") && clean.contains("the <b>books</b>") && !clean.contains("href"), "{clean}");
    let path = sanitise("<a href=\"https://xn--bcher-kva.example/ü?ö=1#ä\">b</a>", ORIGIN);
    assert!(path.contains("href=\"https://xn--bcher-kva.example/"), "{path}");
}

#[test]
fn callouts_accordions_and_code_stay() {
    let given = "<div class=\"callout callout-warning evil\">!</div><details class=\"mce-accordion\" open=\"\">\
        <summary>More</summary><div class=\"mce-accordion-body\">x</div></details>\
        <pre><code class=\"language-powershell\">Get-Item</code></pre>";
    let clean = sanitise(given, ORIGIN);
    assert!(clean.contains("class=\"callout callout-warning\""), "{clean}");
    assert!(clean.contains("<summary>More</summary>") && clean.contains("language-powershell"), "{clean}");
}
