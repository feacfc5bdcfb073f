"""Small articles in every shape, written for the tests."""

FAQ = """FAQ

Q: Does the session hurt?
A: Some people feel a sting. It fades within a day.

Q: Who pays?
A: Most people pay for it themselves.
"""

TEXT = f"""All About Scalp Widgets

Widgets sit under the skin. Nobody knows all of them.

What Are Widgets?

Widgets are small parts. They come from the widget works.

Types of Widgets Used

There are round ones and square ones. The round ones are found in fat tissue.

The Procedure: What to Expect

A widget is placed in one session. The session takes an hour.

Risks and Side Effects

Swelling is a risk. An infection is a rare side effect.

Alternatives to Widgets

Minoxidil is another option. So is doing nothing.

{FAQ}
You Might Also Like

WhatsApp: +1 (555) 010-9999
"""

HTML = """<html><head><title>x</title><script>alert(1)</script></head><body>
<nav><a href="/">Home</a></nav>
<h1>All About Widgets</h1><p onclick="x()">Widgets <strong>sit</strong> under the skin.</p>
<h2>Risks</h2><p>Swelling is a <a href="javascript:alert(1)">risk</a>.</p>
<ul><li>Infection is <em>rare</em>.</li><li>Pain fades.</li></ul>
<table><tr><th>Kind</th><th>Price</th></tr><tr><td>Round</td><td>Low</td></tr></table>
<img src="http://example.org/x.png" alt="A round widget">
<h2>Questions people ask: FAQ</h2>
<h3>Does it hurt?</h3><p>It can sting.</p>
<dl><dt>Who pays?</dt><dd>You do.</dd></dl>
<details><summary>How long does it last?</summary><p>Nobody knows.</p></details>
<p><b>Is it legal?</b> Ask your health authority.</p>
<h2>Share this</h2><p>Tell a friend.</p>
<footer>Copyright us</footer></body></html>"""

MARKDOWN = """# All About Widgets

Widgets *sit* under the skin.

## Risks

- Swelling
- Infection

| Kind | Price |
|---|---|
| Round | Low |

## FAQ

### Does it hurt?

It can sting.
"""
