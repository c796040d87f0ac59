"""Short saved pages: what they say, and not the menus around it."""

import pytest

from rag.reading.html import read_html

MENU = '<li><a href="/rates">Rates</a></li><li><a href="/refuse">Refuse</a></li><li><a href="/posts">Vacancies</a></li>'
SAYS = "<h1>Wool Museum</h1><p>We open at noon.</p><p>Entry is free.</p>"


def _page(body: str) -> str:
    page = f"<html><head><title>Visit us | Wool Museum</title></head><body>{body}</body></html>"
    return read_html(page.encode()).text


@pytest.mark.parametrize(
    "body",
    [
        f"<header><a href='/'>Town of Ark</a><nav><ul>{MENU}</ul></nav></header><main>{SAYS}</main><footer>Legal</footer>",
        f"<div class='topMenu'>{MENU}</div><div>{SAYS}</div><div id='site-footer'>Legal notes</div>",
        f"<ul>{MENU}</ul>{SAYS}<div><a href='/a'>Legal</a> · <a href='/b'>Press</a></div>",
        f"<aside>{MENU}</aside><article>{SAYS}</article><form><button>Search</button></form>",
        f"<header>{SAYS[: SAYS.index('<p>')]}</header>{SAYS[SAYS.index('<p>') :]}<nav>{MENU}</nav>",
    ],
)
def test_a_short_page_is_its_own_text_in_blocks(body):
    assert _page(body) == "Wool Museum\n\nWe open at noon.\n\nEntry is free."


def test_its_lists_and_tables_stay_what_they_are():
    text = _page(
        f"<nav>{MENU}</nav><h1>Wool Museum</h1><ul><li>No prams.</li><li>Bags to the desk.</li></ul>"
        "<table><tr><th>Ticket</th><th>Price</th></tr><tr><td>Child</td><td>£2</td></tr></table>"
    )
    assert "- No prams.\n- Bags to the desk." in text
    assert "| Child | £2 |" in text
    assert "Refuse" not in text


def test_one_link_in_a_sentence_makes_no_menu():
    assert _page("<h1>Wool Museum</h1><p><a href='/plan'>See the plan</a></p>").endswith("See the plan")


def test_a_page_that_is_all_links_keeps_them():
    assert "Vacancies" in _page(f"<ul>{MENU}</ul>")
