// node read.cjs (feedsmith | rss-parser) ADDRESS: what the library finds in a feed, as JSON.
'use strict';

const names = (people) => (people || []).map((one) => one.name).join(', ');
const when = (date) => new Date(date).toISOString();

// HTML in a title is the program's to show; of ours only these references stand in one.
const REFERENCES = { lt: '<', gt: '>', quot: '"', amp: '&' };
const shown = (title) =>
  title.type === 'html' ? title.value.replace(/&(lt|gt|quot|amp);/g, (_, name) => REFERENCES[name]) : title.value;

const BY_FORMAT = {
  atom: ({ entries }) =>
    entries.map((one) => ({
      id: one.id,
      title: shown(one.title),
      link: one.links.find((link) => link.rel === 'alternate').href,
      authors: names(one.authors),
      published: when(one.published),
      updated: when(one.updated),
      picture: one.links.find((link) => link.rel === 'enclosure').href,
    })),
  rss: ({ items }) =>
    items.map((one) => ({
      id: one.guid.value,
      title: one.title,
      link: one.link,
      authors: one.dc.creators.join(', '),
      published: when(one.pubDate),
      updated: when(one.dcterms.modified[0]),
      picture: one.enclosures[0].url,
    })),
  json: ({ items }) =>
    items.map((one) => ({
      id: one.id,
      title: one.title,
      link: one.url,
      authors: names(one.authors),
      published: when(one.date_published),
      updated: when(one.date_modified),
      picture: one.attachments[0].url,
    })),
};

const BY_LIBRARY = {
  feedsmith: async (address) => {
    const { parseFeed } = require('feedsmith');
    const answer = await fetch(address);
    const { format, feed } = parseFeed(await answer.text());
    return BY_FORMAT[format](feed);
  },
  'rss-parser': async (address) => {
    const Parser = require('rss-parser');
    const { items } = await new Parser().parseURL(address);
    return items.map((one) => ({
      id: one.guid || one.id,
      title: one.title,
      link: one.link,
      authors: one.creator || one.author,
      published: one.isoDate,
      ...(one.enclosure && { picture: one.enclosure.url }),
    }));
  },
};

const [library, address] = process.argv.slice(2);
BY_LIBRARY[library](address).then(
  (found) => process.stdout.write(JSON.stringify(found)),
  (why) => {
    process.stderr.write(String(why));
    process.exitCode = 1;
  },
);
