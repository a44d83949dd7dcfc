"""A text stays text in every place of an element; markup is kept."""

from lstm_edu.common.html import element, fragment, table

EVIL = """<script>alert("1")</script> & 'x'"""
TAME = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#x27;x&#x27;"


def test_a_text_is_escaped_wherever_it_stands():
    assert element("p", EVIL) == f"<p>{TAME}</p>"
    assert element("p", title=EVIL) == f'<p title="{TAME}"></p>'
    assert fragment(EVIL, [EVIL]) == TAME + TAME
    assert table([EVIL], [[EVIL, EVIL]], EVIL).count(TAME) == 4
    assert "<script" not in table([EVIL], [[EVIL, EVIL]], EVIL)


def test_elements_are_kept_and_what_an_f_string_makes_of_them_is_text_again():
    bold = element("b", 1.5)
    assert element("p", bold, None, [" and ", bold]) == "<p><b>1.5</b> and <b>1.5</b></p>"
    assert element("p", f"{bold}") == "<p>&lt;b&gt;1.5&lt;/b&gt;</p>"


def test_attributes_are_written_as_html_has_them():
    plain = element("input", class_="a", aria_label="b", disabled=True, tabindex=0, value=None)
    assert plain == '<input class="a" aria-label="b" disabled tabindex="0">'


def test_a_table_names_its_columns_and_rows():
    assert table(["a", "b"], [["c", 1]], "d", class_="e") == (
        '<table class="e"><caption>d</caption><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
        '<tbody><tr><th scope="row">c</th><td>1</td></tr></tbody></table>'
    )
