from pathlib import Path

from django.contrib.staticfiles import finders

from tracker.web.static import UswdsFinder


def test_serves_what_the_pages_name():
    finder = UswdsFinder()

    for name in ("css/uswds.min.css", "js/uswds.min.js", "js/uswds-init.min.js", "img/sprite.svg"):
        assert Path(finder.find(f"uswds/{name}")).is_file()


def test_serves_what_the_style_sheet_refers_to_and_little_more():
    paths = UswdsFinder().paths()

    assert any(path.startswith("fonts/") and path.endswith(".woff2") for path in paths)
    assert 20 < len(paths) < 120
    assert not any(path.endswith(".scss") for path in paths)


def test_serves_source_maps_since_the_manifest_resolves_them():
    paths = UswdsFinder().paths()

    assert "css/uswds.min.css.map" in paths
    assert "js/uswds.min.js.map" in paths


def test_finds_nothing_else():
    finder = UswdsFinder()

    assert finder.find("uswds/css/uswds.css") == []
    assert finder.find("css/uswds.min.css") == []
    assert finder.find("uswds/../../../../manage.py") == []


def test_finds_all_as_a_list():
    assert len(UswdsFinder().find("uswds/img/sprite.svg", find_all=True)) == 1


def test_lists_each_file_once_with_its_prefix():
    listed = [(storage.prefix, path) for path, storage in UswdsFinder().list([])]

    assert len(listed) == len(set(listed)) == len(UswdsFinder().paths())
    assert {prefix for prefix, _path in listed} == {"uswds"}


def test_honors_ignore_patterns():
    assert not any(path.endswith(".map") for path, _storage in UswdsFinder().list(["*.map"]))


def test_is_one_of_the_finders():
    assert finders.find("uswds/img/sprite.svg")


def test_without_the_distribution_nothing_is_served(settings, tmp_path):
    settings.USWDS_DIST = tmp_path

    assert UswdsFinder().paths() == []
    assert UswdsFinder().find("uswds/img/sprite.svg") == []
