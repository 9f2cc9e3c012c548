"""What a build knows from the one before.

In a process it is a `Memory`. On disk it is two files: `.rest` says where in `.texts` each stretch lies, and what is in
its place is read when something of it is asked for. `saving` writes them, `waking` reads them back:

- `inputs`: how all inputs looked, and their hashes
- `core`: annotations and briefing but for sources and events, the problems met, the files that these were read from
- `sources`: the ids of all, with the files of each; `source ID`: one of them (`packing`), as written and as resolved
- `event files`, `event order`: the ids of all, by file and in their own order; `events N`: so many of them (`packing`);
  `origin PATH`: a file that they were read from, for the places in it
- `layout FIELD`, `listed FIELD`: a field of what is looked up for pages; of some in parts, `FIELD N`, or with what was
  put in another's place, `FIELD since`; `calls N`: who calls on what
- `pages`, `asked`, `written`, `pages since`: what pages were made from, in columns (`asked`), and those made since
- `exports`, `files`, `made`: what data was made from, the paths of the site, and all that is little
"""
