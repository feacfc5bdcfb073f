// Keeps the pages of a course that was begun, each fetched without cookies: what is kept
// is what every visitor gets, and never the page of a person.
"use strict";

const SHELL = "offline-page";
const COURSES = "courses";
const WITHOUT_COOKIES = { credentials: "omit" };
const FILES = /(?:href|src|data-\w+)="(\/(?:static|media)\/[^"?#\s]+)/g;
const FILES_OF_STYLES = /url\(["']?([^"')#?]+)/g;

const fetchWhole = async (address) => {
  const response = await fetch(address, WITHOUT_COOKIES);
  // A page that asks to sign in is not for everybody, and an error is no page.
  return response.ok && !response.redirected ? response : null;
};

const filesIn = (text, base) => {
  const isStyle = base.endsWith(".css");
  const found = [...text.matchAll(isStyle ? FILES_OF_STYLES : FILES)];
  const addresses = found.map(([, address]) => new URL(address, new URL(base, location)));
  return addresses.filter((url) => url.origin === location.origin).map((url) => url.pathname);
};

// Keeps the address and the files that it names, and those that its styles name.
const keepWhole = async (cache, address, kept) => {
  if (kept.has(address)) return;
  kept.add(address);
  const response = await fetchWhole(address);
  if (!response) {
    await cache.delete(address);
    return;
  }
  const type = response.headers.get("Content-Type") ?? "";
  const text = /html|css/.test(type) ? await response.clone().text() : "";
  await cache.put(address, response);
  for (const file of filesIn(text, address)) await keepWhole(cache, file, kept);
};

const keepShell = async () => {
  const cache = await caches.open(SHELL);
  const kept = new Set();
  for (const { offline, visitOffline } of LANGUAGES) {
    await keepWhole(cache, offline, kept);
    await keepWhole(cache, visitOffline, kept);
  }
};

// Resolves to what became of it: “kept”, “declined” by this person, or "" if this course is
// not for everybody.
const keepCourse = async (list, isWished) => {
  const declined = ((await readFact("declined")) ?? []).filter((each) => !isWished || each !== list);
  if (declined.includes(list)) return "declined";
  const response = await fetchWhole(list);
  if (!response) return "";
  const course = await response.json();
  const courses = (await readFact("courses")) ?? {};
  if (courses[list]?.version !== course.version) {
    const cache = await caches.open(COURSES);
    const kept = new Set();
    for (const address of [...course.pages, ...course.papers]) {
      await keepWhole(cache, address, kept);
    }
    const files = [...kept];
    await writeFact("courses", { ...courses, [list]: { ...course, files } });
    await dropUnused();
  }
  await writeFact("declined", declined);
  return "kept";
};

const removeCourse = async (list) => {
  const { [list]: gone, ...courses } = (await readFact("courses")) ?? {};
  await writeFact("courses", courses);
  await writeFact("declined", [...((await readFact("declined")) ?? []), list]);
  await dropUnused();
};

const dropUnused = async () => {
  const courses = (await readFact("courses")) ?? {};
  const used = new Set(Object.values(courses).flatMap((course) => course.files));
  const cache = await caches.open(COURSES);
  for (const request of await cache.keys()) {
    if (!used.has(new URL(request.url).pathname)) await cache.delete(request);
  }
};

const findKept = async (address) => {
  const { pathname: asked, search } = new URL(address, location);
  // Which options are compared is in the address. A page that has them all stands in.
  const pathname = search ? asked.replace(/\/options\/$/, "/all-options/") : asked;
  for (const name of [COURSES, SHELL]) {
    const cache = await caches.open(name);
    const found = await cache.match(pathname, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
};
