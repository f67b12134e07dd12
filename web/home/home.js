// The start page: state, check-in by photo, adding a person, latest events. Text enters the page as text only.
'use strict';

const REFRESH_MS = 10_000;
const REQUEST_MS_MAX = 60_000;
const PHOTOS_PER_REQUEST = 4;
// Of the sentence beside the checkbox; change it with the sentence.
const CONSENT_TEXT_VERSION = 'start-page-1';

const VERDICTS = {
  match: { tone: 'good', icon: '✓', word: 'Recognised' },
  ambiguous: { tone: 'warn', icon: '≈', word: 'Not certain' },
  unknown: { tone: 'bad', icon: '?', word: 'Not recognised' },
  low_quality: { tone: 'warn', icon: '◐', word: 'Photo not good enough' },
};

const ADVICE = {
  nobody_enrolled: 'Nobody is enrolled yet. Add a person first.',
  below_threshold: 'This face is not similar enough to anybody enrolled. If the person is enrolled, add more photos.',
  margin_too_small: 'Two people look too similar in this photo. Try a sharper photo from the front.',
  low_quality: 'Try a larger, sharper photo from the front with even light.',
  not_the_claimed_person: 'The face does not match the person that was named.',
};

const $ = (id) => document.getElementById(id);

function element(tag, text, className) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  return node;
}

// --- talking to the server ---

class Refused extends Error {
  constructor(message, status, reason) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

const csrfToken = () => /(?:^|; )(?:__Host-)?rollcall-csrf=([^;]*)/.exec(document.cookie)?.[1] ?? '';

// Resolves to the JSON of a 2xx answer; throws an Error whose message can be shown.
async function request(path, options = {}) {
  let response;
  try {
    const headers = { ...options.headers, 'X-CSRF-Token': csrfToken() };
    response = await fetch(path, { ...options, headers, cache: 'no-store', signal: AbortSignal.timeout(REQUEST_MS_MAX) });
  } catch (error) {
    throw new Error(
      error.name === 'TimeoutError' ? 'The server took too long to answer. Try again.' : 'The server cannot be reached. Is it running?',
    );
  }
  if (response.status === 204) return null;
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  if (response.status === 401 && body?.reason !== 'login_failed' && !body?.reason?.startsWith('totp')) showLogin();
  const text = body?.detail ?? body?.title ?? `The server answered ${response.status}.`;
  // A 4xx is final; anything else may be tried again as it is.
  throw response.status >= 400 && response.status < 500 ? new Refused(text, response.status, body?.reason) : new Error(text);
}

// crypto.randomUUID exists in secure contexts only, and a plain-HTTP address is none.
function randomUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const postJson = (path, fields) =>
  request(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(fields) });

// --- login ---

let inside = false;

function showInside(yes) {
  inside = yes;
  $('inside').hidden = !yes;
  $('logout').hidden = !yes;
  $('login').hidden = yes;
}

async function showLogin() {
  if (!inside && !$('login').hidden) return;
  showInside(false);
  const { needed } = await request('/v1/auth/setup').catch(() => ({ needed: false }));
  $('setup-hint').hidden = !needed;
  $('setup-fields').hidden = !needed;
  $('setup-token').required = needed;
  $('login-title').textContent = needed ? 'Make the first administrator' : 'Log in';
  $('login-form').querySelector('[type=submit]').textContent = needed ? 'Make administrator and log in' : 'Log in';
  $('login-password').autocomplete = needed ? 'new-password' : 'current-password';
  (needed ? $('setup-token') : $('login-name')).focus();
}

$('logout').addEventListener('click', async () => {
  await request('/v1/auth/logout', { method: 'POST' }).catch(() => null);
  showLogin();
});

// --- state and events ---

async function showState() {
  const status = await request('/v1/status');
  const ready = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(REQUEST_MS_MAX) });
  $('state').textContent = ready.ok ? 'Ready' : 'Not ready';
  $('people').textContent = status.people.toLocaleString();
  $('recognisable').textContent = status.recognisable_people.toLocaleString();
  $('events-total').textContent = status.events.toLocaleString();
  $('pack').textContent = status.pack;
  $('version').textContent = status.version;
  $('demo').hidden = !status.demo_grade;
  $('checkin-hint').hidden = status.people > 0;
  return status;
}

function eventRow(event) {
  const verdict = VERDICTS[event.verdict] ?? { tone: 'warn', icon: '•', word: event.verdict };
  const row = element('tr');
  const result = element('td');
  result.append(element('span', `${verdict.icon} ${verdict.word}`, `badge ${verdict.tone}`));
  const time = element('time', new Date(event.captured_at).toLocaleString());
  time.dateTime = event.captured_at;
  const when = element('td');
  when.append(time);
  row.append(result, element('td', event.person?.display_name ?? '–'), when, element('td', event.device_id));
  return row;
}

async function showEvents(status) {
  const { items } = await request('/v1/events?limit=20');
  $('events').replaceChildren(...items.map(eventRow));
  $('events-box').hidden = items.length === 0;
  $('events-empty').hidden = items.length > 0;
  $('events-empty').textContent =
    status.people === 0
      ? 'Nothing yet. Next step: add a person with a few photos.'
      : 'Nothing yet. Next step: check in with a photo that was not used to add the person.';
}

let refreshing = false;

async function refresh() {
  if (refreshing || !inside) return;
  refreshing = true;
  try {
    await showEvents(await showState());
    $('offline').hidden = true;
  } catch (error) {
    $('state').textContent = 'No answer';
    $('offline').textContent = `${error.message} What you see may be out of date.`;
    $('offline').hidden = false;
  } finally {
    refreshing = false;
  }
}

// --- forms ---

function showResult(place, { tone, icon, title, lines = [], items = [] }) {
  const box = element('div', undefined, `result ${tone}`);
  const heading = element('h3');
  const mark = element('span', icon);
  mark.setAttribute('aria-hidden', 'true');
  heading.append(mark, element('span', title));
  box.append(heading, ...lines.map((line) => element('p', line)));
  if (items.length > 0) {
    const list = element('ul');
    list.append(...items.map((item) => element('li', item)));
    box.append(list);
  }
  place.replaceChildren(box);
}

const failure = (title, error) => ({ tone: 'bad', icon: '✕', title, lines: [error.message] });

// Runs `work` for each submission, one at a time: a second click meets a disabled button.
function onSubmit(form, busyWord, work) {
  const button = form.querySelector('[type=submit]');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const restLabel = button.textContent;
    button.disabled = true;
    button.textContent = busyWord;
    form.setAttribute('aria-busy', 'true');
    try {
      await work();
    } finally {
      button.disabled = false;
      if (button.textContent === busyWord) button.textContent = restLabel;
      form.removeAttribute('aria-busy');
    }
    refresh();
  });
}

// --- check-in ---

// The key stays the same until the server has answered, so that trying again after a lost answer never counts twice.
let checkinKey = randomUuid();
let previewUrl = null;

$('checkin-photo').addEventListener('change', () => {
  checkinKey = randomUuid();
  $('checkin-result').replaceChildren();
  if (previewUrl) URL.revokeObjectURL(previewUrl);
  const photo = $('checkin-photo').files[0];
  previewUrl = photo ? URL.createObjectURL(photo) : null;
  $('checkin-preview').hidden = !photo;
  if (photo) $('checkin-preview').src = previewUrl;
});

$('checkin-preview').addEventListener('error', () => {
  $('checkin-preview').hidden = true;
});

function checkinResult({ event, duplicate }) {
  const verdict = VERDICTS[event.verdict] ?? { tone: 'warn', icon: '•', word: event.verdict };
  const lines = [];
  if (event.person) lines.push(`${verdict.word}, ${new Date(event.captured_at).toLocaleTimeString()}.`);
  if (ADVICE[event.reason]) lines.push(ADVICE[event.reason]);
  if (duplicate) lines.push('This check-in was already recorded; it counts once.');
  return { ...verdict, title: event.person ? `Welcome, ${event.person.display_name}` : verdict.word, lines };
}

onSubmit($('checkin-form'), 'Checking in…', async () => {
  const body = new FormData();
  body.append('image', $('checkin-photo').files[0]);
  try {
    const answer = await request('/v1/checkins', {
      method: 'POST',
      headers: { 'Idempotency-Key': checkinKey },
      body,
    });
    checkinKey = randomUuid();
    showResult($('checkin-result'), checkinResult(answer));
  } catch (error) {
    if (error instanceof Refused) checkinKey = randomUuid();
    showResult($('checkin-result'), failure('Not checked in', error));
  }
});

// --- adding a person ---

// Set once the server knows the person: from then on the form only adds photos.
let person = null;

function showPerson() {
  $('enrol-name').disabled = person !== null;
  $('enrol-external').disabled = person !== null;
  $('enrol-consent').disabled = person !== null;
  $('enrol-another').hidden = person === null;
  $('enrol-title').textContent = person ? `Add photos of ${person.display_name}` : 'Add a person';
  $('enrol-form').querySelector('[type=submit]').textContent = person ? 'Add photos' : 'Add person';
}

$('enrol-another').addEventListener('click', () => {
  if ($('enrol-form').hasAttribute('aria-busy')) return;
  person = null;
  $('enrol-form').reset();
  $('enrol-result').replaceChildren();
  showPerson();
  $('enrol-name').focus();
});

async function createPerson() {
  const fields = {
    display_name: $('enrol-name').value.trim(),
    consent: { text_version: CONSENT_TEXT_VERSION, language: document.documentElement.lang, method: 'attested' },
  };
  const externalId = $('enrol-external').value.trim();
  if (externalId) fields.external_id = externalId;
  return request('/v1/people', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  });
}

// Fills `results` as the answers arrive, so that what was done before a failure is known.
async function addPhotos(photos, results) {
  const path = `/v1/people/${encodeURIComponent(person.id)}/faces`;
  for (let first = 0; first < photos.length; first += PHOTOS_PER_REQUEST) {
    const body = new FormData();
    for (const photo of photos.slice(first, first + PHOTOS_PER_REQUEST)) body.append('images', photo);
    const answer = await request(path, { method: 'POST', body });
    results.push(...answer.results);
    showResult($('enrol-result'), { tone: 'busy', icon: '…', title: `${results.length} of ${photos.length} photos done` });
  }
}

function enrolResult(results) {
  const accepted = results.filter((result) => result.accepted).length;
  const items = results
    .filter((result) => !result.accepted)
    .map((result) => `${result.source_name}: ${result.reasons.map((reason) => reason.message).join(' ')}`);
  const title = `${accepted} of ${results.length} photos accepted`;
  if (accepted === 0) return { tone: 'bad', icon: '✕', title, lines: ['Choose other photos and try again.'], items };
  const lines = [`${person.display_name} can check in now. Try it with another photo.`];
  return { tone: items.length ? 'warn' : 'good', icon: '✓', title, lines, items };
}

onSubmit($('enrol-form'), 'Adding…', async () => {
  const photos = Array.from($('enrol-photos').files);
  const results = [];
  try {
    person ??= await createPerson();
    await addPhotos(photos, results);
    showResult($('enrol-result'), enrolResult(results));
    $('enrol-photos').value = '';
  } catch (error) {
    const title = person ? `Stopped after ${results.length} of ${photos.length} photos` : 'The person was not added';
    showResult($('enrol-result'), failure(title, error));
  } finally {
    showPerson();
  }
});

// --- start ---

onSubmit($('login-form'), 'One moment…', async () => {
  const fields = { username: $('login-name').value.trim(), password: $('login-password').value };
  try {
    if (!$('setup-fields').hidden) {
      await postJson('/v1/auth/setup', { ...fields, setup_token: $('setup-token').value.trim() });
      $('setup-fields').hidden = true;
    }
    if (!$('totp-fields').hidden && $('login-totp').value) fields.totp = $('login-totp').value.trim();
    await postJson('/v1/auth/login', { ...fields, cookie: true });
    $('login-form').reset();
    $('login-result').replaceChildren();
    $('totp-fields').hidden = true;
    showInside(true);
  } catch (error) {
    if (error.reason?.startsWith('totp')) $('totp-fields').hidden = false;
    showResult($('login-result'), failure('Not logged in', error));
  }
});

request('/v1/auth/me').then(
  () => {
    showInside(true);
    refresh();
  },
  () => showLogin(),
);
setInterval(() => {
  if (!document.hidden) refresh();
}, REFRESH_MS);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refresh();
});
