"""A room more costs people who do not go there next to nothing: the first load hardly grows by a feature."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from scripts.app_rules import LANGUAGES, Built
from scripts.build_app import DIST, FRONTEND, SOURCES, ensure_built, run

MOST = 170
"""Gzipped bytes that a feature of six pages may add to the first load: the names of its pages and of their files.

Hashes do not compress, so that it is some bytes more or fewer with each build.
"""
PAGES = ("Ferries", "Ferry", "NewFerry", "EditFerry", "FerryStops", "FerryTimes")
PAGE = """
import {{ useLingui }} from '@lingui/react/macro'
import {{ query }} from '../../api/client'
import {{ enumLabels }} from '../../lib/labels'
import {{ Loaded }} from '../../ui/Feedback'
import {{ Page }} from '../../ui/Page'

export default function {name}Page() {{
  const {{ t }} = useLingui()
  const needs = query.useQuery('get', '/api/v1/needs', {{}})
  return (
    <Page title={{t`About {name}`}}>
      <Loaded query={{needs}}>{{({{ items }}) => items.map((one) => t(enumLabels.NeedState[one.state]))}}</Loaded>
    </Page>
  )
}}
"""
PATHS = """
export default {
  open: {
    ferries: () => import('./FerriesPage'),
    'ferries/$id': () => import('./FerryPage'),
    'ferries/$id/stops': () => import('./FerryStopsPage'),
  },
  own: {
    'ferries/new': () => import('./NewFerryPage'),
    'ferries/$id/edit': () => import('./EditFerryPage'),
    'ferries/$id/times': () => import('./FerryTimesPage'),
  },
}
"""
LABELS = """
import { msg } from '@lingui/core/macro'

export default {
  events: { 'ferry.sunk': msg`The ferry sank` },
  tasks: { ferry_to_bail: { label: msg`Bail the ferry out`, to: ({ subject }) => `ferries/${subject.id}` } },
}
"""
ERRORS = """
import { msg } from '@lingui/core/macro'

export default { errors: { ferry_full: msg`The ferry is full.` } }
"""
WORDS = {"labels": ("The ferry sank", "Bail the ferry out"), "errors": ("The ferry is full.",)}


def test_a_feature_of_six_pages_adds_next_to_nothing_to_the_first_load(tmp_path: Path) -> None:
    ensure_built()
    for name in (*SOURCES, "package.json"):
        copied = shutil.copytree if (FRONTEND / name).is_dir() else shutil.copy
        copied(FRONTEND / name, tmp_path / name)
    (tmp_path / "node_modules").symlink_to(FRONTEND / "node_modules")
    _add_feature(tmp_path / "src")
    run("vite", "build", at=tmp_path)
    before, after = Built(DIST), Built(tmp_path / "dist")
    for language, weight in after.first_load().items():
        added = weight.total - before.first_load()[language].total
        assert added <= MOST, f"{added} bytes more in {language}"
    assert len(after.pages([])) == len(before.pages([])) + len(PAGES)


def _add_feature(src: Path) -> None:
    feature = src / "features" / "ferries"
    (feature / "locales").mkdir(parents=True)
    for name in PAGES:
        (feature / f"{name}Page.tsx").write_text(PAGE.format(name=name))
    (feature / "pages.ts").write_text(PATHS)
    (feature / "labels.ts").write_text(LABELS)
    (feature / "errors.ts").write_text(ERRORS)
    for language in LANGUAGES:
        (feature / "locales" / f"{language}.po").write_text(_catalogue(f"About {name}" for name in PAGES))
        for folder, said in WORDS.items():
            with (src / "locales" / folder / f"{language}.po").open("a", encoding="utf-8") as catalogue:
                catalogue.write(f"\n{_catalogue(said)}")


def _catalogue(messages: Iterable[str]) -> str:
    return "\n".join(f'msgid "{message}"\nmsgstr "{message}"\n' for message in messages)
