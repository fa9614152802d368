"""A user's folder of templates goes before ours, and reaches no further than itself."""

from converter.assets import strangers, template


def test_a_link_out_of_the_users_folder_does_not_count(tmp_path):
    (tmp_path / "secret.css").write_text("p { color: red }")
    looks = tmp_path / "looks"
    (looks / "epub").mkdir(parents=True)
    style = looks / "epub" / "style.css"
    style.symlink_to(tmp_path / "secret.css")
    assert template("epub/style.css", looks) == template("epub/style.css")
    assert strangers(looks) == (style,)


def test_a_link_within_the_users_folder_counts(tmp_path):
    (tmp_path / "own.css").write_text("p { color: red }")
    (tmp_path / "epub").mkdir()
    style = tmp_path / "epub" / "style.css"
    style.symlink_to(tmp_path / "own.css")
    assert template("epub/style.css", tmp_path) == style
    assert strangers(tmp_path) == (tmp_path / "own.css",)
