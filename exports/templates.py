"""The one way to HTML: Jinja2 templates, every text escaped, a name that is not given an error.

Here belongs the environment. Not here: the templates (beside what fills them), what they are filled with.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


@cache
def environment(folder: Path) -> Environment:
    """Return the environment of the templates in a folder."""
    return Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip


def rendered(template: Path, **content: object) -> Markup:
    """Return a template filled with content, as markup that is not escaped again."""
    # Markup of our own templates: what was filled in is escaped already.
    return Markup(environment(template.parent).get_template(template.name).render(content))  # noqa: S704
