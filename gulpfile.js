const { rm } = require('node:fs/promises');
const { dest, parallel, src } = require('gulp');

const icons = () => src('nodes/**/*.svg', { encoding: false, base: '.' }).pipe(dest('dist'));

exports.clean = () => rm('dist', { recursive: true, force: true });
exports.build = parallel(icons);
